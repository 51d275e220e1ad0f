import { asDocentError } from '../knowledge/errors.ts';
import { shortHash } from '../knowledge/fingerprint.ts';
import type { StoreReader } from '../knowledge/snapshot.ts';
import type { IngestRun } from '../knowledge/store-runs.ts';
import manifest from '../package.json' with { type: 'json' };
import type { ChatModel } from './answer/chat-model.ts';
import { contentsOf } from './contents.ts';
import type { Status } from './events.ts';

export type StatusFor = () => Promise<Status>;

/** A model's fault that a reader's answer had to do without; `at` is ISO 8601. */
export type ModelFault = { readonly at: string; readonly message: string };

export type StatusDeps = {
  readonly store: StoreReader;
  readonly chatModel?: ChatModel | undefined;
  /** The chat model checks its own answers when absent. */
  readonly checkModel?: ChatModel | undefined;
  readonly lastFault: () => ModelFault | undefined;
  /** Answers under way. */
  readonly running: () => number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
};

/** How the server is, from the time on when this is called. Tells no key and no address of an endpoint. */
export function makeStatus(deps: StatusDeps): StatusFor {
  const { store, chatModel, checkModel = chatModel, lastFault, running, now = Date.now } = deps;
  const began = now();

  async function index(): Promise<Status['index']> {
    try {
      const snapshot = await store.current();
      const { version, createdAt, fingerprint } = snapshot;
      const counts = await contentsOf(snapshot);
      return {
        readable: true,
        version,
        madeAt: createdAt,
        ...counts,
        ...fingerprint,
        fingerprint: shortHash(fingerprint),
      };
    } catch (error) {
      const { code, message } = asDocentError(error);
      return { readable: false, code, message };
    }
  }

  return async () => {
    const [held, run] = await Promise.all([index(), store.lastRun().catch(() => undefined)]);
    const fault = lastFault();
    return {
      docent: manifest.version,
      node: process.versions.node,
      startedAt: new Date(began).toISOString(),
      uptime: Math.round((now() - began) / 1000),
      index: held,
      mode: chatModel ? 'written' : 'quoted',
      ...(chatModel && {
        model: {
          writes: chatModel.name,
          checks: checkModel?.name ?? chatModel.name,
          reachable: ![chatModel, checkModel].some((model) => model?.isDown?.()),
          ...(fault && { lastFault: fault }),
        },
      }),
      running: running(),
      ...(run && { ingest: ingestOf(run) }),
    };
  };
}

type Found = NonNullable<Status['ingest']>['findings'][number];

function ingestOf({
  sections: _sections,
  chunks: _chunks,
  rules: _rules,
  findings,
  ...run
}: IngestRun): NonNullable<Status['ingest']> {
  const rules = new Map<string, Found>();
  for (const { rule, severity, count } of findings) {
    const key = `${severity} ${rule}`;
    const before = rules.get(key) ?? { rule, severity, count: 0, files: 0 };
    rules.set(key, { ...before, count: before.count + count, files: before.files + 1 });
  }
  const worstFirst = (a: Found, b: Found) =>
    a.severity === b.severity ? b.count - a.count : a.severity === 'error' ? -1 : 1;
  return { ...run, findings: [...rules.values()].sort(worstFirst) };
}
