import type { Guard } from './guard-text.ts';

/** Kinds of people and bodies; the words of one row may stand for each other. */
const ROLES = (
  'employee/employees/staff/worker/workers/everyone/everybody/anyone/you/your/people/person/teammate/teammates/member/members/we/our/us/individual/individuals/colleague/colleagues/coworker/coworkers/hire/hires/teams/team/someone/they/their/fed/feds/employment/who/one/user/users/personnel|' +
  'manager/managers/supervisor/supervisors/boss/supervisory|founder/founders|ceo|director/directors|client/clients/customer/customers/partner/partners/you/your|' +
  'vendor/vendors/supplier/suppliers/maker/makers/product/products|technician/technicians/engineer/engineers|dispatcher/dispatchers|contractor/contractors|' +
  'investor/investors/shareholder/shareholders/stockholder/stockholders|candidate/candidates/applicant/applicants|attorney/lawyer|mentor/mentors|' +
  'spouse/partner|veteran/veterans|payroll|union|board|president|designer/designers|developer/developers/engineer/engineers/engineering/engineer|volunteer/volunteers|' +
  'insurer/insurers/insurance|attacker/attackers|recruiter/recruiters|accountant|auditor/auditors|landlord|neighbor|child/children|parent/parents'
)
  .split('|')
  .map((row) => row.split('/'));
/** Anyone may be meant by these, so the claim needs no proof for them. */
const ANYONE = new Set(ROLES[0]);

/** Who does or gets something must be named in the evidence or its headings, in these or like words. */
export const guardRoles: Guard = ({ claim, evidence, context }) => {
  const known = new Set([...evidence.norms, ...context.norms].map((norm) => norm.replace(/'s?$/, '')));
  const missing = claim.norms
    .map((norm) => norm.replace(/'s?$/, ''))
    .find((norm) => {
      if (ANYONE.has(norm)) return false;
      const rows = ROLES.filter((row) => row.includes(norm));
      return rows.length > 0 && !rows.some((row) => row.some((word) => known.has(word)));
    });
  return missing && `The cited words don't mention “${missing}”.`;
};

/** Names and roles that the claim may bind to its statement, for the guard on swapped ones. */
export function isRole(norm: string): boolean {
  return !ANYONE.has(norm) && ROLES.some((row) => row.includes(norm));
}

/** Nothing to check in a text without any content word. */
export const guardSubstance: Guard = ({ claim }) =>
  claim.content.size < 2 ? 'Too short to be checked by itself.' : undefined;

/** Share of the claim's content words that must stand in evidence and context, by stem: below it they speak of something else. Tuned on the tune half of test/eval/claims.jsonl. */
const LEAST_SHARE = 0.3;

/** The evidence must be about what the claim is about. Numbers don't count: they may be restated. */
export const guardTopic: Guard = ({ claim, evidence, context }) => {
  const counted = new Set(claim.quantities.flatMap(({ from, to }) => [from, to - 1]));
  const words = claim.tokens.filter(({ content }, at) => content && !counted.has(at)).map(({ stem }) => stem);
  const topic = [...new Set(words)];
  const own = topic.filter((stem) => evidence.content.has(stem)).length;
  const shared = topic.filter((stem) => evidence.content.has(stem) || context.content.has(stem)).length;
  return topic.length > 0 && (own === 0 || shared / topic.length < LEAST_SHARE)
    ? 'The cited words speak of something else.'
    : undefined;
};
