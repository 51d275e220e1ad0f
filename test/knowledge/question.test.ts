import { describe, expect, test } from 'vitest';
import { type QuestionKind, readQuestion } from '../../knowledge/question.ts';

describe('what a question compares', () => {
  test.each<[string, string[]]>([
    ["what's the difference between a vCIO and a vCISO?", ['vCIO', 'vCISO']],
    ['What’s the difference between break-fix and managed services?', ['break-fix', 'managed services']],
    ['whats the diffrence between a reassignment and a detail', ['reassignment', 'detail']],
    ['RMM vs PSA', ['RMM', 'PSA']],
    ['RMM vs. PSA?', ['RMM', 'PSA']],
    ['RMM or PSA?', ['RMM', 'PSA']],
    ['PSA versus RMM: which first?', ['PSA', 'RMM']],
    ['Suite versus best of breed: what is the difference?', ['Suite', 'best of breed']],
    ['why do I fill in two timesheets, tock vs hr links', ['tock', 'hr links']],
    ['maxiflex vs variable week, whats diffrent', ['maxiflex', 'variable week']],
    ['EDR or MDR: what is the difference?', ['EDR', 'MDR']],
    ['google meet or zoom - when should I use which?', ['google meet', 'zoom']],
    ['Per-device or per-user pricing: how do they compare?', ['Per-device', 'per-user pricing']],
    ['How is a PSA different from an RMM?', ['PSA', 'RMM']],
    ['How does a vCISO differ from a vCIO?', ['vCISO', 'vCIO']],
    ['How do a NOC and a SOC differ?', ['NOC', 'SOC']],
    ['How does an MSP compare with in-house IT?', ['MSP', 'in-house IT']],
    ['What distinguishes a NOC from a SOC?', ['NOC', 'SOC']],
    ['Are SSO and MFA the same?', ['SSO', 'MFA']],
    ['Is EDR better than antivirus?', ['EDR', 'antivirus']],
    ['Compare Atera to Syncro', ['Atera', 'Syncro']],
    ['What is the difference between annual, sick and parental leave?', ['annual', 'sick', 'parental leave']],
  ])('%s', (text, subjects) => {
    expect(readQuestion(text)).toMatchObject({ kind: 'comparison', subjects });
  });

  test.each([
    'How does an alert get from the RMM to an invoice?',
    'How do I fix a typo from the browser?',
    'How is that different from antivirus?',
    'Do I need a badge or a key?',
  ])('nothing: %s', (text) => {
    expect(readQuestion(text).kind).not.toBe('comparison');
  });
});

describe('what a question wants defined', () => {
  test.each([
    ['What is an RMM?', 'RMM'],
    ['Whats an RMM', 'RMM'],
    ['What are MSPs?', 'MSPs'],
    ['what does "public trust" mean, is that a clearance?', 'public trust'],
    ['What does PSA stand for and what is it?', 'PSA'],
    ["What's the meaning of MRR?", 'MRR'],
    ['IDP meaning', 'IDP'],
    ['What do you mean by tool sprawl?', 'tool sprawl'],
    ['What is a job-to-be-done?', 'job-to-be-done'],
    ['What is co-managed IT?', 'co-managed IT'],
    ['Define SLA.', 'SLA'],
    ['Tell me about the PSA', 'PSA'],
    ['Who is Arnie Bellini?', 'Arnie Bellini'],
  ])('%s', (text, subject) => {
    expect(readQuestion(text)).toMatchObject({ kind: 'definition', subjects: [subject] });
  });
});

describe('what kind of answer a question asks for', () => {
  test.each<[QuestionKind, string]>([
    ['quantity', 'How many vacation days do I get in Denver?'],
    ['quantity', 'how long is the probation period?'],
    ['quantity', 'What is the price of NinjaOne per endpoint?'],
    ['quantity', 'What is the average salary of a service desk technician?'],
    ['time', 'When was SNMP first specified?'],
    ['time', 'In what year was Autotask founded?'],
    ['time', 'my friend got hired, when do I get the cash'],
    ['time', 'how do I find out when my appointment runs out'],
    ['steps', 'How do I request time off?'],
    ['steps', 'left my badge at home, how do I get into my computer today?'],
    ['list', 'What are the main jobs of an RMM?'],
    ['list', 'what are the company values'],
    ['list', 'What success factors matter beyond maturity?'],
    ['list', 'What does a PSA do?'],
    ['list', 'Which revenue streams do MSPs have?'],
    ['list', 'What makes up the total cost of ownership of a tool?'],
    ['person', 'who do I contact about payroll?'],
    ['person', 'Who is the chief executive of N-able?'],
    ['place', 'Where is the office?'],
    ['reason', 'Why do we use Slack?'],
    ['other', 'What happens when I leave?'],
    ['other', 'do I get paid for unused vacation when I leave'],
    ['other', 'Can I fly first class?'],
    ['other', ''],
  ])('%s: %s', (kind, text) => {
    expect(readQuestion(text).kind).toBe(kind);
  });
});

describe('the names and numbers that a question gives', () => {
  test.each<[string, string[]]>([
    ['How many vacation days do I get in Denver?', ['Denver']],
    ['Does HaloPSA have a mobile app for iOS?', ['HaloPSA', 'iOS']],
    ['When was the NIS 2 Directive adopted?', ['NIS', '2', 'Directive']],
    ["Is an MSP's size the same as its maturity?", ['MSP']],
    ['Do we sell PSA/RMM suites 24/7?', ['PSA', 'RMM', '24/7']],
    ['What is the 3-2-1 backup rule?', ['3-2-1']],
    ['WHAT IS AN RMM?', ['RMM']],
    ['Can I take the day off?', []],
    ['How do I fix it in the IT portal?', ['IT']],
  ])('%s', (text, names) => {
    expect(readQuestion(text).names).toEqual(names);
  });

  test('its terms are stems without stop words, each once', () => {
    expect(readQuestion('Which tickets? Ticketing of the tickets!').terms).toEqual(['ticket']);
  });
});
