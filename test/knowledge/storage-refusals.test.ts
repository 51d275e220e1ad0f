import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../server/run-command.ts';
import { type S3Server, startS3 } from '../server/s3-server.ts';
import { shared } from '../shared.ts';

const program = shared('s3/versitygw');
let folder: string;
let s3: S3Server;

describe.skipIf(!program.there)(`storage that refuses a key${program.why}`, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'docent-refused-'));
    mkdirSync(join(folder, 'docs'));
    writeFileSync(join(folder, 'docs/rmm.md'), '# RMM\n\nAn RMM watches devices.\n');
    s3 = await startS3(program.path);
  });
  afterAll(async () => {
    await s3.close();
    rmSync(folder, { recursive: true });
  });

  test('is told of, and nothing of the request', async () => {
    const settings = {
      ...s3.env,
      STORE_URI: s3.uri,
      DOCS_DIR: join(folder, 'docs'),
      AWS_SECRET_ACCESS_KEY: 'wrong-secret',
    };
    for (const script of ['ingest/main.ts', 'server/ask-main.ts']) {
      const args = script.startsWith('ingest') ? [] : ['What is an RMM?'];
      const { code, stdout, stderr } = await runCommand(script, { args, settings });
      expect(code).toBe(1);
      expect(stderr).toContain('Check its address, its credentials');
      expect(stdout + stderr).not.toMatch(/AWSAccessKeyId|StringToSign|CanonicalRequest|wrong-secret/);
    }
  });
});
