/** A tokenizer for tests: a token for each word and for each other sign, as BERT's first step has it. */
export function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)?.length ?? 0;
}
