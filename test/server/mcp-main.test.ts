import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { citedAnswer } from '../../server/contract/cited-answer.ts';
import { runCommand } from './run-command.ts';

const RMM = 'An RMM watches, maintains and controls the devices of a client from afar.';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
let places: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docent-mcp-'));
  await mkdir(join(folder, 'docs'));
  await writeFile(join(folder, 'docs', 'rmm.md'), `# RMM\n\n## What Is an RMM?\n\n${RMM}\n`);
  places = ['--docs', join(folder, 'docs'), '--store', join(folder, 'store')];
});
afterAll(() => rm(folder, { recursive: true }));

describe('npm run mcp', () => {
  test('the official client, from nothing: lists at once, asks, searches, reads', async () => {
    const client = new Client({ name: 'test', version: '1' });
    // As a client's settings name it: from any folder, and without npm's own words.
    const args = ['--silent', '--prefix', ROOT, 'run', 'mcp', '--', ...places];
    const env = { PATH: process.env.PATH ?? '', GAPS: 'off' };
    const transport = new StdioClientTransport({ command: 'npm', args, cwd: folder, env, stderr: 'pipe' });
    await client.connect(transport);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['ask_docs', 'search_docs', 'read_section', 'list_docs']);

    const asked = await client.callTool({ name: 'ask_docs', arguments: { question: 'What is an RMM?' } });
    const url = 'docent://docs/rmm.md#what-is-an-rmm';
    expect(citedAnswer.parse(asked.structuredContent)).toMatchObject({
      claims: [{ text: RMM, citations: [{ path: 'rmm.md', line: 5, url }] }],
    });
    expect(asked.content[0]).toMatchObject({ text: expect.stringContaining(`\n[1] rmm.md:5  ${RMM}\n`) });

    const found = await client.callTool({ name: 'search_docs', arguments: { query: 'watches devices' } });
    expect(found.structuredContent).toMatchObject({ hits: [{ path: 'rmm.md', line: expect.any(Number) }] });
    const { contents } = await client.readResource({ uri: url });
    expect(contents).toMatchObject([{ text: expect.stringContaining(RMM) }]);
    const { resources } = await client.listResources();
    expect(resources).toMatchObject([{ uri: 'docent://docs/rmm.md', title: 'RMM' }]);
    await client.close();
  });

  test('nothing but the protocol on standard output, and an end when its input ends', async () => {
    const params = {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'test', version: '1' },
    };
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/mcp-main.ts', ...places], {
      cwd: ROOT,
      env: { PATH: process.env.PATH ?? '', GAPS: 'off' },
    });
    let stdout = '';
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.endsWith('\n')) child.stdin.end();
    });
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`);
    expect(await ended).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { id: 1, result: { serverInfo: { name: 'docent' } } },
    ]);
  });

  test('without docs and an index: still there, and each tool says what is missing', async () => {
    const args = ['--docs', join(folder, 'gone'), '--store', join(folder, 'none')];
    const client = new Client({ name: 'test', version: '1' });
    const env = { PATH: process.env.PATH ?? '', GAPS: 'off' };
    const command = ['--import', 'tsx', 'server/mcp-main.ts', ...args];
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: command,
      cwd: ROOT,
      env,
      stderr: 'pipe',
    });
    await client.connect(transport);
    const result = await client.callTool({ name: 'list_docs', arguments: {} });
    await client.close();
    expect(result.isError).toBe(true);
    expect(result.content).toMatchObject([{ text: expect.stringContaining('npm run ingest') }]);
  });

  test('bad settings: one line on standard error', async () => {
    const { code, stdout, stderr } = await runCommand('server/mcp-main.ts', { settings: { PORT: 'eighty' } });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('PORT: expected');
  });
});
