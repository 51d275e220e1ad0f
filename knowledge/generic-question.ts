import type { Embedder } from './embedder.ts';

/** Questions about nothing in particular: what they have in common says nothing about a passage. */
const QUESTIONS = [
  'What is this?',
  'How do I get started?',
  'Who is responsible for this?',
  'When does it happen?',
  'Where can I find it?',
  'How much does it cost?',
  'What are the steps?',
  'How long does it take?',
  'Why is it done this way?',
  'Which tools are used?',
  'Can I change it later?',
  'What is the difference between the two?',
  'How do I request one?',
  'Who should I ask for help?',
  'What happens if I forget?',
  'How many are there?',
  'Is it allowed?',
  'What do I need before I begin?',
  'Where do I report a problem?',
  'How often is it updated?',
  'what does it mean',
  'how do i set it up',
  'who approves this',
  'what are the rules',
];

const made = new WeakMap<Embedder, Promise<Float32Array>>();

/**
 * Mean vector of questions about nothing. Some passages are near to every question ("hubs", Radovanović
 * et al. 2010); half of this vector taken from a question's takes that advantage from them.
 */
export function genericQuestion(embedder: Embedder): Promise<Float32Array> {
  const known = made.get(embedder);
  if (known) return known;
  const mean = makeMean(embedder);
  made.set(embedder, mean);
  mean.catch(() => made.delete(embedder));
  return mean;
}

/** A question's vectors: as the model gives it, and less half of what all questions have in common. */
export async function embedQuestion(
  text: string,
  embedder: Embedder,
  signal?: AbortSignal,
): Promise<{ readonly vector: Float32Array; readonly specific: Float32Array }> {
  const [vector, generic] = await Promise.all([embedder.embedQuery(text, signal), genericQuestion(embedder)]);
  return { vector, specific: vector.map((value, i) => value - (generic[i] ?? 0) / 2) };
}

async function makeMean(embedder: Embedder): Promise<Float32Array> {
  const vectors = await Promise.all(QUESTIONS.map((question) => embedder.embedQuery(question)));
  const mean = new Float32Array(embedder.dimensions);
  for (const vector of vectors) {
    for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] ?? 0) + (vector[i] ?? 0) / vectors.length;
  }
  return mean;
}
