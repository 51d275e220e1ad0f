import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Command } from 'commander';
import { asDocentError, DocentError } from '../knowledge/errors.ts';
import { sha256 } from '../knowledge/sha256.ts';
import { type AccessToken, lineOf, makeToken, parseAudiences, parseTokens } from './access/tokens.ts';

const DEFAULT_FILE = './.docent/tokens';
const NAME = /^[\w.-]+$/;

if (existsSync('.env')) process.loadEnvFile('.env');
const command = new Command('npm run token --')
  .description('Access tokens: who may ask, and which documents they see')
  .option('--file <FILE>', 'the file of tokens', process.env.ACCESS_TOKENS || DEFAULT_FILE);

command
  .command('add')
  .argument('<NAME>', 'who or what it is for: letters, digits, "-", "_" and "."')
  .option('--audience <LIST>', 'audiences whose documents it sees, with commas between; "*" for all', '')
  .description('make a token, and show it this once')
  .action((name: string, { audience }: { audience: string }) => add(fileOf(), name, audience));
command
  .command('revoke')
  .argument('<NAME>')
  .description('end a token; running servers know at once')
  .action((name: string) => revoke(fileOf(), name));
command
  .command('list')
  .description('the names, and what each may see')
  .action(() => list(fileOf()));

try {
  command.parse();
} catch (error) {
  process.stderr.write(`error: ${asDocentError(error).message}\n`);
  process.exitCode = 1;
}

function fileOf(): string {
  return command.opts<{ file: string }>().file;
}

function add(file: string, name: string, audience: string): void {
  const tokens = read(file);
  if (!NAME.test(name)) {
    throw new DocentError('bad_request', `"${name}" is no name. Use letters, digits, "-", "_" and ".".`);
  }
  if (tokens.some((other) => other.name === name)) {
    throw new DocentError(
      'bad_request',
      `There is a token "${name}" already. Revoke it first, or take another name.`,
    );
  }
  const token = makeToken();
  write(file, [...tokens, { name, hash: sha256(token), audiences: parseAudiences(audience) }]);
  process.stdout.write(`${token}\n`);
  process.stderr.write(
    `This is the token "${name}". It is not shown again: ${file} keeps only its hash. Start the server with ACCESS_TOKENS=${file}\n`,
  );
}

function revoke(file: string, name: string): void {
  const tokens = read(file);
  const left = tokens.filter((other) => other.name !== name);
  if (left.length === tokens.length) {
    throw new DocentError('not_found', `There is no token "${name}" in ${file}. See: npm run token -- list`);
  }
  write(file, left);
}

function list(file: string): void {
  for (const { name, audiences } of read(file)) {
    const seen = audiences === 'all' ? 'all documents' : ['open documents', ...audiences].join(', ');
    process.stdout.write(`${name}\t${seen}\n`);
  }
}

function read(file: string): AccessToken[] {
  return existsSync(file) ? parseTokens(readFileSync(file, 'utf8'), file) : [];
}

/** Whole or not at all: a server that reads meanwhile sees the old file or the new one. */
function write(file: string, tokens: readonly AccessToken[]): void {
  mkdirSync(dirname(file), { recursive: true });
  const next = `${file}.${process.pid}`;
  writeFileSync(next, tokens.map((token) => `${lineOf(token)}\n`).join(''));
  renameSync(next, file);
}
