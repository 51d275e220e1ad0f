/** What a reader says that is no question to the docs, and what fits it. */
const REPLIES: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:who|what) are you\b|^what (?:is|are) docent\b|^what can you do\b|^how (?:do|does) (?:you|docent) work\b|^are you (?:a|an) (?:bot|ai|human|robot)\b/i,
    'I am Docent. I answer questions from the docs that were given to me, show the sentences that prove each statement, and say so when the docs are silent. Ask me anything that a new colleague would ask.',
  ],
  [
    /^(?:thanks?|thank you|thx|cheers|great|perfect|awesome|nice)\b(?!.*\?)/i,
    'You’re welcome. Ask me whenever something else comes up.',
  ],
  [/^(?:bye|goodbye|see you|good night)\b/i, 'Goodbye, and good luck with your first days.'],
  [
    /^(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening)|greetings)\b(?:[\s,!.]|there|docent|all|how are you|how is it going|how's it going)*\??$/i,
    'Hello! Ask me a question about the docs, and I’ll answer with the sentences that prove it.',
  ],
  [
    /^(?:how are you|how's it going|how is it going)\b[^?]*\?*$/i,
    'All well, thank you. What would you like to know from the docs?',
  ],
];

/** A short fitting reply to small talk or a question about Docent itself; undefined for any other text. */
export function smallTalk(text: string): string | undefined {
  const said = text.trim().replace(/\s+/g, ' ');
  if (said.length > 80) return undefined;
  return REPLIES.find(([pattern]) => pattern.test(said))?.[1];
}
