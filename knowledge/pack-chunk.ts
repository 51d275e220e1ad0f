import type { StoredChunk } from './snapshot.ts';

/** A chunk without its own vector, which searches need by itself. */
export type PackedChunk = Omit<StoredChunk, 'vector'>;

const lengthBytes = 4;

/** The length of the JSON (unsigned, four bytes, little-endian), the JSON, then the sentences' vectors. */
export function packChunk(chunk: PackedChunk): Uint8Array {
  const { id, path, title, section, sectionHash, anchor, headings, start, end, text } = chunk;
  const { blocks, sentences, terms, changedAt, audience, sentenceVectors } = chunk;
  const place = { id, path, title, section, sectionHash, anchor, headings, start, end, text };
  const json = Buffer.from(JSON.stringify({ ...place, blocks, sentences, terms, changedAt, audience }));
  const vectorBytes = sentenceVectors.reduce((sum, vector) => sum + vector.length, 0);
  const packed = Buffer.allocUnsafe(lengthBytes + json.length + vectorBytes);
  packed.writeUInt32LE(json.length);
  let at = lengthBytes;
  for (const part of [json, ...sentenceVectors]) {
    packed.set(part, at);
    at += part.length;
  }
  return packed;
}

/** The sentences' vectors are views of `bytes`. */
export function unpackChunk(bytes: Uint8Array, dimensions: number): PackedChunk {
  const packed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const jsonEnd = lengthBytes + packed.readUInt32LE();
  const fields: Omit<PackedChunk, 'sentenceVectors'> = JSON.parse(
    packed.toString('utf8', lengthBytes, jsonEnd),
  );
  const vectors = new Int8Array(bytes.buffer, bytes.byteOffset + jsonEnd, bytes.length - jsonEnd);
  const sentenceVectors: Int8Array[] = [];
  for (let at = 0; at < vectors.length; at += dimensions)
    sentenceVectors.push(vectors.subarray(at, at + dimensions));
  return { ...fields, sentenceVectors };
}
