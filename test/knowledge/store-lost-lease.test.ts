import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectStore, type StoreLocation } from '../../knowledge/store-connection.ts';
import { leaseStore } from '../../knowledge/store-lease.ts';
import { openStoreReader } from '../../knowledge/store-reader.ts';
import { openStoreWriter } from '../../knowledge/store-writer.ts';
import { type S3Server, startS3 } from '../server/s3-server.ts';
import { shared } from '../shared.ts';
import { chunkRow, documentRow, fingerprint } from './store-rows.ts';

const program = shared('s3/versitygw');
const afterAnHour = () => Date.now() + 3_600_000;

describe.skipIf(!program.there)(`a store in object storage${program.why}`, () => {
  let s3: S3Server;
  let location: StoreLocation;

  beforeAll(async () => {
    s3 = await startS3(program.path);
    location = { uri: s3.uri, storageOptions: optionsOf(s3) };
  });
  afterAll(() => s3.close());

  test('takes no row more of a writer that was taken for dead', async () => {
    const writer = await openStoreWriter({ ...location, fingerprint });
    await writer.addChunks([chunkRow('a.md', 0, 'One.')]);
    const next = await leaseStore(await connectStore(location), s3.uri, { now: afterAnHour });
    const lost = { code: 'store_locked', message: expect.stringContaining('Nothing was committed') };
    await expect(writer.addChunks([chunkRow('a.md', 1, 'Two.')])).rejects.toMatchObject(lost);
    await expect(writer.deleteChunks(['a.md/0'])).rejects.toMatchObject(lost);
    await expect(writer.commit({})).rejects.toMatchObject(lost);
    await writer.close();
    await next.release();

    const after = await openStoreWriter({ ...location, fingerprint });
    expect((await after.chunkKeys()).map(({ id }) => id)).toEqual(['a.md/0']);
    await after.addDocuments([documentRow('a.md')]);
    expect(await after.commit({})).toMatchObject({ version: 1 });
    await after.close();
  });

  test('is not called damaged when it refuses, nor is it emptied then', async () => {
    const refused = {
      uri: s3.uri,
      storageOptions: { ...location.storageOptions, awsSecretAccessKey: 'Geheim' },
    };
    const reader = openStoreReader({ ...refused, expected: fingerprint });
    await expect(reader.current()).rejects.toMatchObject({
      message: expect.stringMatching(/^(?!.*(rebuild|Geheim)).*credentials/),
    });
    await reader.close();
    await expect(openStoreWriter({ ...refused, fingerprint, full: true })).rejects.toMatchObject({
      code: 'store_unwritable',
      message: expect.stringMatching(/^(?!.*Geheim).*credentials/),
    });
    const whole = openStoreReader({ ...location, expected: fingerprint });
    expect(await whole.current()).toMatchObject({ version: 1 });
    await whole.close();
  });
});

function optionsOf({ env }: S3Server): Record<string, string> {
  return {
    awsAccessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
    awsSecretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
    region: env.AWS_REGION ?? '',
    endpoint: env.AWS_ENDPOINT ?? '',
    allowHttp: 'true',
  };
}
