import { describe, expect, test } from 'vitest';
import { DocentError } from '../../knowledge/errors.ts';
import { readServerConfig } from '../../server/config.ts';

function faultOf(env: Record<string, string>): string {
  try {
    readServerConfig(env);
  } catch (error) {
    if (error instanceof DocentError && error.code === 'bad_config') return error.message;
    throw error;
  }
  return '';
}

describe('readServerConfig', () => {
  test('an empty environment is a good one', () => {
    const config = readServerConfig({ PORT: ' ', CHAT_MODEL: '' });
    expect(config).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      DOCS_DIR: './docs',
      INGEST_ON_START: true,
    });
    expect(config.CHAT_MODEL).toBeUndefined();
    expect(Object.isFrozen(config)).toBe(true);
  });

  test('a model goes by its name, colons included', () => {
    const config = readServerConfig({
      CHAT_MODEL: 'openai:llama3.2:3b',
      OPENAI_BASE_URL: 'http://localhost:11434/v1',
      CHAT_CONTEXT_TOKENS: '4096',
    });
    expect(config).toMatchObject({ CHAT_MODEL: 'llama3.2:3b', CHAT_CONTEXT_TOKENS: 4096 });
  });

  test('the public address has no slash at its end, and has to be one', () => {
    expect(readServerConfig({ PUBLIC_URL: 'https://docent.example/' }).PUBLIC_URL).toBe(
      'https://docent.example',
    );
    expect(faultOf({ PUBLIC_URL: 'docent.example' })).toContain('PUBLIC_URL: expected an address');
  });

  test('open questions are kept for 90 days unless told otherwise', () => {
    expect(readServerConfig({})).toMatchObject({
      GAPS: true,
      GAPS_DB: './.docent/gaps.db',
      GAPS_RETENTION_DAYS: 90,
    });
    expect(readServerConfig({ GAPS: 'off', GAPS_RETENTION_DAYS: '7' })).toMatchObject({
      GAPS: false,
      GAPS_RETENTION_DAYS: 7,
    });
    expect(readServerConfig({ GAPS_DB: 'postgres://me:secret@db/docent' })).toMatchObject({
      GAPS_DB: 'postgres://me:secret@db/docent',
    });
    expect(faultOf({ GAPS_DB: 'mysql://me:secret@db/docent' })).toMatch(/^(?!.*secret).*GAPS_DB.*postgres:/);
    expect(faultOf({ GAPS_DB: 'postgres://me:sec ret@[db/docent' })).toMatch(/^(?!.*ret@).*GAPS_DB.*%XX/);
    expect(faultOf({ GAPS_RETENTION_DAYS: 'a week' })).toContain('GAPS_RETENTION_DAYS');
  });

  test.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('on %s nobody is asked who they are', (HOST) => {
    expect(faultOf({ HOST })).toBe('');
  });

  test.each(['0.0.0.0', '::', '192.168.1.5', 'docs.example', '127.0.0.1.example'])(
    'on %s it is said who is let in, or nothing starts',
    (HOST) => {
      expect(faultOf({ HOST })).toContain('ACCESS_TOKENS');
      expect(faultOf({ HOST, PUBLIC: 'false' })).toContain('PUBLIC=true');
      expect(faultOf({ HOST, PUBLIC: 'true' })).toBe('');
      expect(faultOf({ HOST, ACCESS_TOKENS: './tokens' })).toBe('');
    },
  );

  test('origins that may ask are as browsers send them', () => {
    expect(readServerConfig({}).ALLOWED_ORIGINS).toEqual([]);
    const ALLOWED_ORIGINS = 'https://a.example, http://localhost:8080\nhttps://b.example:8443';
    expect(readServerConfig({ ALLOWED_ORIGINS }).ALLOWED_ORIGINS).toEqual([
      'https://a.example',
      'http://localhost:8080',
      'https://b.example:8443',
    ]);
    for (const wrong of [
      '*',
      'a.example',
      'https://a.example/',
      'https://A.example',
      'null',
      'ftp://a.example',
    ]) {
      expect(faultOf({ ALLOWED_ORIGINS: `https://b.example,${wrong}` })).toContain(
        'ALLOWED_ORIGINS: expected origins',
      );
    }
  });

  test('all faults are listed together, each with its name', () => {
    const fault = faultOf({
      PORT: 'eighty',
      HOST: 'not a host',
      CHAT_MODEL: 'anthropic:claude',
      CHECK_MODEL: 'gpt',
      OPENAI_BASE_URL: 'localhost',
      CHAT_CONTEXT_TOKENS: '12',
      INGEST_ON_START: 'maybe',
      OPENAI_API_KEY: 'sk with a space',
    });
    for (const name of [
      'PORT',
      'HOST',
      'CHAT_MODEL',
      'CHECK_MODEL',
      'OPENAI_BASE_URL',
      'CHAT_CONTEXT_TOKENS',
    ]) {
      expect(fault).toContain(`${name}: expected`);
    }
    expect(fault).toContain('INGEST_ON_START: expected on or off');
    expect(fault).toContain('other providers are not built in, found "anthropic:claude"');
    expect(fault).not.toContain('sk with a space');
  });

  test.each(['0', '65535'])('port %s is one', (PORT) => {
    expect(readServerConfig({ PORT }).PORT).toBe(Number(PORT));
  });
  test.each(['-1', '65536', '3e3', '80.5'])('port %s is none', (PORT) => {
    expect(faultOf({ PORT })).toContain('a port number, 0 to 65535');
  });

  test('OpenAI asks for a key, endpoints of one’s own need none', () => {
    expect(faultOf({ CHAT_MODEL: 'openai:gpt-4o' })).toContain('OPENAI_API_KEY is missing');
    expect(faultOf({ CHECK_MODEL: 'openai:gpt-4o', OPENAI_BASE_URL: 'https://api.openai.com/v1' })).toContain(
      'OPENAI_API_KEY',
    );
    expect(faultOf({ CHAT_MODEL: 'openai:gpt-4o', OPENAI_API_KEY: 'sk-1' })).toBe('');
    expect(faultOf({ CHAT_MODEL: 'openai:small', OPENAI_BASE_URL: 'http://127.0.0.1:8089/v1' })).toBe('');
  });
});
