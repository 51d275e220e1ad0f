import type { QuestionKind } from '../question.ts';

const NUMBER =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|hundred|thousand|half|once|twice|daily|weekly|monthly|yearly|annually|every)\b/i;
const TIME =
  /\b\d{4}\b|\b\d{1,2}:\d\d\b|\b\d{1,2}\s?(?:am|pm|a\.m|p\.m)\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|day|days|week|weeks|month|months|year|years|hour|hours|minutes|century|before|after|within|until|by the|when|once|as soon as|deadline)\b/i;
const PERSON =
  /\b\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+|\b(?:manager|supervisor|team|lead|director|officer|owner|founder|founders|engineer|technician|administrator|contact|responsible|staff|employee|customer|client|user|people|desk|department|office|group)s?\b/u;
const PLACE =
  /\b(?:in|at|on|from|to|under|near|via|through|inside|located|page|folder|form|channel|site|portal|office|building|room|floor)\b/i;
const REASON =
  /\b(?:because|since|so that|in order to|due to|reason|why|therefore|means that|to (?:avoid|ensure|prevent|keep|make|help|protect))\b/i;

/** Whether a text holds the kind of thing that the question asks for: a number, a time, a person … */
export function answersKind(kind: QuestionKind, text: string): boolean {
  switch (kind) {
    case 'quantity':
      return NUMBER.test(text);
    case 'time':
      return TIME.test(text);
    case 'person':
      return PERSON.test(text);
    case 'place':
      return PLACE.test(text);
    case 'reason':
      return REASON.test(text);
    default:
      return false;
  }
}

/** Whether a text ends in a colon and so announces what follows. */
export function announces(text: string): boolean {
  return /:\W*$/.test(text);
}

/**
 * Whether a sentence tells what the subject is: "An RMM is …", "PSA (Professional …) means …",
 * "A virtual chief information officer (vCIO) plans …".
 */
export function definesSubject(subject: string, text: string): boolean {
  const name = subject
    .replace(/s$/i, '')
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\s+/g, '\\s+');
  const article = '^["“(]?(?:an?\\s+|the\\s+)?';
  const verb = '(?:(?:is|are|was|were|means?|refers?|stands?|describes?)(?:\\s|$)|[:–—]\\s)';
  const named = `${article}["“]?${name}(?:s|es)?["”]?(?:\\s*\\([^)]*\\))?\\s*${verb}`;
  const spelledOut = `${article}(?:[\\w-]+\\s+){1,6}\\(["“]?${name}s?["”]?\\)\\s+\\w`;
  return new RegExp(named, 'i').test(text) || new RegExp(spelledOut, 'i').test(text);
}
