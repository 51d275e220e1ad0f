import { describe, expect, it } from 'vitest';
import { readKnowledgeConfig } from '../../knowledge/config.ts';
import { DocentError } from '../../knowledge/errors.ts';

describe('readKnowledgeConfig', () => {
  it('needs no variable', () => {
    expect(readKnowledgeConfig({})).toEqual({
      DOCS_DIR: './docs',
      GIT_CACHE: './.docent/git',
      STORE_URI: './.docent/store',
    });
  });

  it('takes an empty or blank variable for one that is not set', () => {
    expect(readKnowledgeConfig({ DOCS_DIR: '', STORE_URI: '  ' })).toMatchObject({ DOCS_DIR: './docs' });
  });

  it.each(['./store', '/var/store', 'C:\\store', 's3://bucket/store', 'gs://b/s', 'az://b/s', 'db://name'])(
    'takes %s as a store',
    (uri) => {
      expect(readKnowledgeConfig({ STORE_URI: uri }).STORE_URI).toBe(uri);
    },
  );

  it('lists all faults together, each with its name, what was expected and what was found', () => {
    const fault = faultOf({
      STORE_URI: 'ftp://x',
      EMBEDDING_MODEL: 'ada',
      OPENAI_BASE_URL: 'localhost:80',
      OPENAI_API_KEY: 'sk secret',
    });
    expect(fault.code).toBe('bad_config');
    expect(fault.message).toContain('STORE_URI: expected a folder, or a URI that starts with s3://');
    expect(fault.message).toContain('found "ftp://x"');
    expect(fault.message).toContain('EMBEDDING_MODEL: expected openai:NAME');
    expect(fault.message).toContain('OPENAI_BASE_URL: expected an address');
    expect(fault.message).toContain('OPENAI_API_KEY: expected a key');
    expect(fault.message).not.toContain('secret');
  });
});

function faultOf(env: Record<string, string>): DocentError {
  try {
    readKnowledgeConfig(env);
  } catch (error) {
    if (error instanceof DocentError) return error;
  }
  throw new Error('no DocentError');
}
