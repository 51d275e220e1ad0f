import OpenAI from 'openai';
import { makeAnswer } from '../../../server/answer/answer.ts';
import { makeChatModel } from '../../../server/answer/chat-model.ts';
import { type AppDeps, makeApp } from '../../../server/app.ts';
import { listen } from '../../../server/listen.ts';
import { type DocsStore, openDocsStore } from '../answer/docs-store.ts';
import { appDeps } from '../app-deps.ts';
import { type ScriptedModel, startScriptedModel } from '../scripted-model.ts';

/** Docent on loopback over a real index of real files, and OpenAI's own client pointed at it. */
export type ServedDocs = Pick<DocsStore, 'store' | 'embedder' | 'files'> & {
  readonly origin: string;
  /** Address up to `/v1`. */
  readonly baseURL: string;
  readonly client: OpenAI;
  close(): Promise<void>;
};

/** Emoji stand before its citations, to tell code points from UTF-16 units. */
const COMPASS =
  '# Compass 🧭\n\nThe compass 🧭 of the depot hangs 👩🏽‍🔧 beside the door. See [the RMM](rmm.md#alerts) for alerts.\n';

/** A few documents are enough here, and soon taken in. */
export function openFewDocs(): Promise<DocsStore> {
  return openDocsStore({ 'compass.md': COMPASS }, {}, ['rmm.md', 'psa.md', 'business-models.md']);
}

export async function serveDocs(deps: Partial<AppDeps> = {}): Promise<ServedDocs> {
  const docs = await openFewDocs();
  const { store, embedder } = docs;
  const served = await serveApp({ store, embedder, answer: makeAnswer({ store, embedder }), ...deps });
  return {
    ...docs,
    ...served,
    async close() {
      await served.close();
      await docs.close();
    },
  };
}

/** The same index with a model that writes as it is told to. */
export async function serveWritten({ store, embedder }: DocsStore | ServedDocs) {
  const script: ScriptedModel = await startScriptedModel();
  const chatModel = makeChatModel({ model: 'scripted', baseUrl: script.baseUrl });
  const served = await serveApp({ store, embedder, answer: makeAnswer({ store, embedder, chatModel }) });
  return {
    ...served,
    script,
    async close() {
      await served.close();
      await script.close();
    },
  };
}

export async function serveApp(deps: Partial<AppDeps>) {
  const { url: origin, close } = await listen(makeApp(appDeps(deps)), { port: 0, host: '127.0.0.1' });
  const baseURL = `${origin}/v1`;
  const client = new OpenAI({ apiKey: 'none', baseURL, maxRetries: 0 });
  return { origin, baseURL, client, close: () => close(0) };
}
