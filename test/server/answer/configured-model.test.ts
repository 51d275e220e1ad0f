import { afterEach, expect, test } from 'vitest';
import { configuredModel, patienceOf } from '../../../server/answer/configured-model.ts';
import { makeTokenMeter } from '../../../server/answer/meter-tokens.ts';
import { estimateTokens } from '../../../server/answer/prompt.ts';
import { readServerConfig } from '../../../server/config.ts';
import { silentLog } from '../app-deps.ts';
import { type ScriptedModel, startScriptedModel } from '../scripted-model.ts';

let endpoint: ScriptedModel | undefined;
afterEach(() => endpoint?.close());

test('while an endpoint is down, questions cost no tokens of the day', async () => {
  endpoint = await startScriptedModel({ status: 500 });
  const config = readServerConfig({ OPENAI_BASE_URL: endpoint.baseUrl, CHAT_CONTEXT_TOKENS: '8192' });
  const meter = makeTokenMeter(5_000);
  const model = await configuredModel('small', config, { meter, log: silentLog });
  const content = 'x'.repeat(1_000);
  for (let n = 0; n < 10; n++) {
    await expect(model?.complete([{ role: 'user', content }])).rejects.toMatchObject({
      code: 'model_unreachable',
    });
  }
  expect(endpoint.requests).toHaveLength(3);
  expect(meter.total()).toBe(3 * estimateTokens(content));
});

test.each([1, 4, 120, 86_400])('of %s s for the first words a model gets a part only', (seconds) => {
  const { rewrite, silence } = patienceOf({ FIRST_WORDS_TIMEOUT: seconds });
  expect(rewrite).toBeGreaterThan(0);
  expect(rewrite + silence).toBeLessThan(seconds * 1000);
});
