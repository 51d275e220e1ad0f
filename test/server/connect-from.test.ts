import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ServedDocs, serveDocs } from './openai/serve-docs.ts';
import { withoutSettings } from './spawn-main.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

let docs: ServedDocs;
let folder: string;
beforeAll(async () => {
  docs = await serveDocs();
  folder = await mkdtemp(join(tmpdir(), 'docent-connect-'));
  await mkdir(join(folder, 'docs'));
  await cp(join(ROOT, 'docs', 'rmm.md'), join(folder, 'docs', 'rmm.md'));
});
afterAll(async () => {
  await docs.close();
  await rm(folder, { recursive: true });
});

/** What the README says, with the addresses and folders that are there. */
function here(text: string): string {
  return text
    .replaceAll('http://127.0.0.1:3000', docs.origin)
    .replaceAll('/path/to/docent', ROOT)
    .replaceAll('/path/to/docs', join(folder, 'docs'));
}

/** The first code of a row in "Connect from". */
function row(from: string): string {
  const line = README.split('\n').find((each) => each.startsWith(`| ${from} |`));
  const code = /`([^`]+)`/.exec(line ?? '')?.[1];
  if (code === undefined) throw new Error(`There is no row "${from}".`);
  return here(code);
}

/** The JSON of some client's settings, which begins like this. */
function settings<Schema extends z.ZodType>(beginning: string, schema: Schema): z.output<Schema> {
  const block = README.split(/\n{2,}/).find((each) => each.trim().startsWith(beginning));
  return schema.parse(JSON.parse(here(block ?? '')));
}

/** As a user runs it, in Docent's own folder. */
function run(command: string, args: readonly string[]): Promise<string> {
  const env = { ...withoutSettings(process.env), GAPS: 'off', STORE_URI: join(folder, 'store') };
  const child = spawn(command, args, { cwd: ROOT, env: { ...env, DOCS_DIR: join(folder, 'docs') } });
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${command} ended with ${code}: ${stderr}`));
    });
  });
}

/** A module of a user’s program. */
const program = (...lines: readonly string[]) => run('node', ['--input-type=module', '-e', lines.join('\n')]);
const ANSWER = /An RMM \(Remote Monitoring and Management\) is the software/;

describe('what the README says to connect with', () => {
  test('a terminal', async () => {
    expect(await run('sh', ['-c', row('a terminal or a script')])).toMatch(ANSWER);
  });

  test('curl', async () => {
    expect(await run('sh', ['-c', row('curl').replace('curl ', 'curl -sS ')])).toMatch(ANSWER);
  });

  test('OpenAI’s client, TypeScript', async () => {
    const asked = "{ model: 'docent', messages: [{ role: 'user', content: 'What is an RMM?' }] }";
    const answered = await program(
      "import OpenAI from 'openai';",
      `const client = ${row("OpenAI's client, TypeScript")};`,
      `const { choices } = await client.chat.completions.create(${asked});`,
      'console.log(choices[0].message.content);',
    );
    expect(answered).toMatch(ANSWER);
  });

  test('LangChain, TypeScript', async () => {
    const answered = await program(
      "import { ChatOpenAI } from '@langchain/openai';",
      `const model = ${row('LangChain, TypeScript')};`,
      "console.log((await model.invoke('What is an RMM?')).text);",
    );
    expect(answered).toMatch(ANSWER);
  });

  const http = z.object({ url: z.string() });
  const command = z.object({ command: z.string(), args: z.array(z.string()) });

  async function expectAnswer(transport: Transport): Promise<void> {
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(transport);
    const asked = await client.callTool({ name: 'ask_docs', arguments: { question: 'What is an RMM?' } });
    await client.close();
    expect(asked.content[0]).toMatchObject({ text: expect.stringMatching(ANSWER) });
  }

  test('MCP over HTTP, by the address for Claude Code and the settings for VS Code and Cursor', async () => {
    const vsCode = settings('{ "servers"', z.object({ servers: z.object({ docent: http }) }));
    const cursor = settings(
      '{ "mcpServers": { "docent": { "url"',
      z.object({ mcpServers: z.object({ docent: http }) }),
    );
    const claude = row('Claude Code').split(' ').at(-1);
    const addresses = [claude, vsCode.servers.docent.url, cursor.mcpServers.docent.url];
    for (const address of addresses) {
      await expectAnswer(new StreamableHTTPClientTransport(new URL(address ?? '')));
    }
  });

  test('MCP over standard input and output, by the settings for Claude Desktop', async () => {
    const shape = z.object({ mcpServers: z.object({ docent: command }) });
    const { docent } = settings('{ "mcpServers": { "docent": {\n', shape).mcpServers;
    const env = { PATH: process.env.PATH ?? '', GAPS: 'off', STORE_URI: join(folder, 'other-store') };
    await expectAnswer(new StdioClientTransport({ ...docent, cwd: folder, env, stderr: 'pipe' }));
  });
});
