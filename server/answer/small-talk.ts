/**
 * What a reader says that is no question to the docs, and what fits it. Each pattern takes the whole
 * message: "Thanks!" is talk, "Great tools for an MSP" is not.
 */
const REPLIES: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:(?:who|what) (?:are you|is docent)|what can (?:you do(?: for me)?|i ask(?: you)?)|how (?:do|does) (?:you|docent) work|are you (?:an? )?(?:bot|ai|human|robot|person|real)|help)[\s?!.]*$/i,
    'I am Docent. I answer questions from the docs that were given to me, show the sentences that prove each statement, and say so when the docs are silent. Ask me anything that a new colleague would ask.',
  ],
  [
    /^(?:(?:ok(?:ay)?|great|perfect|awesome|nice|cool|good|many)[\s,.!]+)*(?:thanks?|thank you|thx|cheers)(?:[\s,.!]+(?:so much|very much|a lot|a million|again|docent|all|(?:for|that|this|it|i|you)\b(?!.*\b(?:what|how|who|when|where|which|why)\b)[^?]*))*[\s,.!]*$/i,
    'You’re welcome. Ask me whenever something else comes up.',
  ],
  [
    /^(?:ok(?:ay)?|great|perfect|awesome|nice|cool|got it|good (?:answer|job|work)|well done|wow)[\s,.!]*$/i,
    'Good. Ask me whenever something else comes up.',
  ],
  [/^(?:bye|goodbye|see you|good night)\b[^?]*$/i, 'Goodbye, and good luck with your first days.'],
  [
    /^(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening)|greetings)\b(?:[\s,!.]|there|docent|all|how are you(?: today)?|how is it going|how['’]s it going)*\??$/i,
    'Hello! Ask me a question about the docs, and I’ll answer with the sentences that prove it.',
  ],
  [
    /^how (?:are you(?: doing)?(?: today)?|is it going)[\s?!.]*$|^how['’]s it going[\s?!.]*$/i,
    'All well, thank you. What would you like to know from the docs?',
  ],
];

/** A short fitting reply to small talk or a question about Docent itself; undefined for any other text. */
export function smallTalk(text: string): string | undefined {
  const said = text.trim().replace(/\s+/g, ' ');
  if (said.length > 80) return undefined;
  return REPLIES.find(([pattern]) => pattern.test(said))?.[1];
}
