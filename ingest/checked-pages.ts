import { z } from 'zod';
import type { Page } from './check-docs.ts';
import type { Finding } from './rules/finding.ts';

/** Changes when the rules do: what they found before is found again. Whoever changes a rule raises it. */
export const CHECK_ID = 'check-2';

const pageShape = z.object({
  /** SHA-256 of the file that it was read from, hex. */
  hash: z.string(),
  anchors: z.array(z.string()),
  links: z.array(z.string()),
  /** What the rules for one document found: rule, severity, and how often. */
  findings: z.array(z.tuple([z.string(), z.enum(['error', 'warning']), z.number()])),
});
const pagesShape = z.object({ rules: z.literal(CHECK_ID), pages: z.record(z.string(), pageShape) });

/** What checking needs of a document that has not changed since. */
export type CheckedPage = Readonly<z.infer<typeof pageShape>>;
export type CheckedPages = ReadonlyMap<string, CheckedPage>;

export function checkedPage(page: Page, hash: string): CheckedPage {
  const findings = countAlike(page.findings).map(
    ({ rule, severity, count }) => [rule, severity, count] as const,
  );
  return {
    hash,
    anchors: [...page.anchors],
    links: page.links.map(({ url }) => url),
    findings: findings.map((finding) => [...finding]),
  };
}

/** The pages by path, none of them where the text is that of other rules. */
export function parsePages(text: string | undefined): CheckedPages {
  const parsed = text === undefined ? undefined : pagesShape.safeParse(JSON.parse(text));
  return new Map(parsed?.success ? Object.entries(parsed.data.pages) : []);
}

export function formatPages(pages: CheckedPages): string {
  return JSON.stringify({ rules: CHECK_ID, pages: Object.fromEntries(pages) });
}

/** Findings of one file with the same rule as one, with their number. */
export type FindingCount = Pick<Finding, 'path' | 'rule' | 'severity'> & { readonly count: number };

export function countAlike(
  findings: readonly (Pick<Finding, 'path' | 'rule' | 'severity'> & { readonly count?: number })[],
): FindingCount[] {
  const counts = new Map<string, FindingCount>();
  for (const { path, rule, severity, count = 1 } of findings) {
    const key = JSON.stringify([path, rule, severity]);
    counts.set(key, { path, rule, severity, count: (counts.get(key)?.count ?? 0) + count });
  }
  return [...counts.values()];
}
