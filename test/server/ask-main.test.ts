import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { citedAnswer } from '../../server/contract/cited-answer.ts';
import { shared } from '../shared.ts';
import { type Ran, type RunOptions, runCommand } from './run-command.ts';
import { startScriptedModel, tokensOf } from './scripted-model.ts';

const RMM = 'An RMM watches, maintains and controls the devices of a client from afar.';

let folder: string;
let docsDir: string;
let places: string[];

function ask(args: readonly string[], options: Omit<RunOptions, 'args'> = {}): Promise<Ran> {
  return runCommand('server/ask-main.ts', { ...options, args: [...places, ...args] });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docent-ask-'));
  docsDir = join(folder, 'docs');
  places = ['--docs', docsDir, '--store', join(folder, 'store')];
  await mkdir(docsDir);
  await writeFile(join(docsDir, 'rmm.md'), `# RMM\n\n## What Is an RMM?\n\n${RMM}\n`);
  await writeFile(
    join(docsDir, 'psa.md'),
    '# PSA\n\n## What Is a PSA?\n\nA PSA runs the business of an MSP.\n',
  );
});
afterAll(() => rm(folder, { recursive: true }));

describe('npm run ask', () => {
  test('from nothing: takes the docs in without a word, answers, and names file and line', async () => {
    const { code, stdout, stderr } = await ask(['What is an RMM?']);
    expect(stderr).toBe('');
    expect(stdout).toContain(`${RMM} [1]`);
    expect(stdout).toMatch(/^\[1\] rmm\.md:5 {2}An RMM watches/m);
    expect(code).toBe(0);
  });

  test('what changed in the docs since is in the answer, its links leading to files', async () => {
    await writeFile(
      join(docsDir, 'noc.md'),
      '# NOC\n\nA NOC (network operations center) watches the network at night with [an RMM](rmm.md#what-is-an-rmm).\n',
    );
    const { code, stdout } = await ask(['What', 'is', 'a', 'NOC?']);
    expect(stdout).toMatch(/^\[1\] noc\.md:3 {2}/m);
    expect(stdout).toContain('at night with [an RMM](rmm.md#what-is-an-rmm). [1]');
    expect(code).toBe(0);
  });

  test('--json, from standard input: one object, as its schema says', async () => {
    const { code, stdout } = await ask(['--json', '-'], { input: 'What is an RMM?\n' });
    const answer = citedAnswer.strict().parse(JSON.parse(stdout));
    expect(answer).toMatchObject({ question: 'What is an RMM?', mode: 'quoted' });
    expect(answer.claims[0]).toMatchObject({
      text: RMM,
      citations: [{ path: 'rmm.md', line: 5, quote: RMM }],
    });
    expect(answer.sources[0]).toMatchObject({
      path: 'rmm.md',
      anchor: 'what-is-an-rmm',
      line: 3,
      url: 'rmm.md#what-is-an-rmm',
    });
    expect(code).toBe(0);
  });

  test('a question that the docs don’t answer: says so, and exits with 2', async () => {
    const { code, stdout } = await ask([], { input: 'Who painted the Mona Lisa?' });
    expect(stdout).toContain('The docs don’t answer this.');
    expect(code).toBe(2);
  });

  test('in colour when asked to, each place a link to its file; plain when refused', async () => {
    const coloured = await ask(['What is an RMM?'], { settings: { FORCE_COLOR: '1' } });
    expect(coloured.stdout).toContain(`\u001b]8;;file://${docsDir}/rmm.md#L5\u001b\\`);
    expect(coloured.stdout).toContain('\u001b[36m[1]\u001b[39m');
    const linked = await ask(['What is a NOC?'], { settings: { FORCE_COLOR: '1' } });
    expect(linked.stdout).toContain(`with \u001b]8;;file://${docsDir}/rmm.md#what-is-an-rmm\u001b\\`);
  });

  test('a reader that has enough after the first line: a calm end', async () => {
    const { code, stderr } = await ask(['What is an RMM?'], { closeEarly: true });
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  test('a written answer: its unproven statement is named', async () => {
    const endpoint = await startScriptedModel({
      tokens: tokensOf(`${RMM} [1] It costs five dollars a month. [1]`),
    });
    const settings = { CHAT_MODEL: 'openai:small', OPENAI_BASE_URL: endpoint.baseUrl };
    const { code, stdout } = await ask(['What is an RMM?'], { settings });
    await endpoint.close();
    expect(stdout).toContain('Not proven by the docs:\n! It costs five dollars a month.');
    expect(stdout).toMatch(/^\[1\] rmm\.md:5 /m);
    expect(code).toBe(0);
  });

  test('what the docs hold for a terminal to obey never reaches it', async () => {
    const place = join(folder, 'hostile');
    await mkdir(join(place, 'docs'), { recursive: true });
    const words =
      'A SOC \u001b]0;owned\u0007watches \u001b]8;;https://evil.example\u001b\\security\u001b]8;;\u001b\\ at\u009b2J night.\u007f';
    await writeFile(
      join(place, 'docs', 'so\u001b[2Jc.md'),
      `# SOC \u001b[31m\n\n## What Is a SOC?\n\n${words}\n`,
    );
    const hostile = (args: readonly string[], settings = {}) => {
      const where = ['--docs', join(place, 'docs'), '--store', join(place, 'store')];
      return runCommand('server/ask-main.ts', { args: [...where, ...args, 'What is a SOC?'], settings });
    };
    const plain = await hostile([]);
    expect(plain.stdout).toContain('watches');
    expect(plain.stdout).toMatch(/^\[1\] so\[2Jc\.md:5 {2}A SOC/m);
    const commands = /(?!\n)\p{Cc}/u;
    expect(plain.stdout).not.toMatch(commands);
    const json = await hostile(['--json']);
    expect(json.stdout).not.toMatch(commands);
    const coloured = await hostile([], { FORCE_COLOR: '1' });
    const [first, ...escapes] = coloured.stdout.split('\u001b');
    expect(first).not.toMatch(commands);
    for (const each of escapes) expect(each).toMatch(/^(?:\[\d+m|\]8;;(?:file:\S*)?$|\\)[\P{Cc}\n]*$/u);
  });

  test('a question that isn’t UTF-8 is not answered as if it were', async () => {
    const { code, stdout, stderr } = await ask([], {
      input: Buffer.from('What is an RMM\xff\xfe?', 'latin1'),
    });
    expect(stderr).toBe('The question is not UTF-8. Send it encoded in UTF-8.\n');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  test('faults: one clear line, and 1', async () => {
    const none = await ask([]);
    expect(none).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'Ask a question: npm run ask -- "What is an RMM?"\n',
    });
    const gone = join(folder, 'gone');
    const missing = await runCommand('server/ask-main.ts', {
      args: ['--docs', gone, '--store', join(folder, 'none'), 'What is an RMM?'],
    });
    expect(missing.stderr).toContain(gone);
    expect(missing.stderr.trim().split('\n')).toHaveLength(1);
    expect(missing.code).toBe(1);
  });
});

describe('over a handbook', () => {
  const seed = shared('docs-seed');
  test.skipIf(!seed.there)(`the seed document answers${seed.why}`, async () => {
    const { code, stdout } = await runCommand('server/ask-main.ts', {
      args: ['--docs', seed.path, '--store', join(folder, 'seed'), 'What is an MSP?'],
    });
    expect(stdout).toMatch(/^\[1\] understanding-the-msp-landscape\.md:\d+ {2}/m);
    expect(code).toBe(0);
  });

  test.skipIf(!seed.there)(`what only its table of contents names is not answered${seed.why}`, async () => {
    const { code, stdout } = await runCommand('server/ask-main.ts', {
      args: ['--docs', seed.path, '--store', join(folder, 'seed'), 'What is an RMM?'],
    });
    expect(stdout).toMatch(/^The docs don’t answer this\./);
    expect(code).toBe(2);
  });
});
