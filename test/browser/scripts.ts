import type { Document } from '../../knowledge/document.ts';
import { type Place, type Step, scriptAnswer, sourceOf } from './script-answer.ts';

export const rmmQuestion = 'What is the difference between an RMM and a PSA?';

export const rmm: Place = {
  path: 'rmm.md',
  anchor: 'what-is-an-rmm',
  excerpt:
    "An RMM (Remote Monitoring and Management) is the software an MSP uses to watch, maintain, and control its clients' devices from a distance. A small program called an agent runs on each managed computer, reports to a central server, and carries out the instructions that the server sends back.",
};
const agents: Place = {
  path: 'rmm.md',
  anchor: 'how-rmm-agents-work',
  excerpt:
    "An RMM agent is a background service that connects outward to the RMM server, normally over an encrypted web connection. Because the agent starts the connection, the client's firewall needs no open inbound port.",
};

/** A written answer with a statement of each status, a table, code and a list. */
export function writtenAnswer(documents: readonly Document[], pause = 0): Step[] {
  const psa = psaPlace(documents);
  return scriptAnswer(documents, {
    places: [rmm, psa, agents],
    pause,
    parts: [
      {
        text: 'An **RMM** is the software that an MSP uses to watch and control its clients’ devices [1]. ',
        status: 'supported',
        cites: [{ n: 1, quote: rmm.excerpt.slice(0, rmm.excerpt.indexOf('. ') + 1) }],
      },
      {
        text: `${psa.excerpt} [2]`,
        status: 'quoted',
        cites: [{ n: 2, quote: psa.excerpt }],
      },
      { text: '\n\n### How they differ\n\n' },
      {
        text: '- An agent runs on each computer and connects outward, so that the firewall needs no open port [3].\n',
        status: 'supported',
        cites: [
          {
            n: 3,
            quote:
              "Because the agent starts the connection, the client's firewall needs no open inbound port.",
          },
        ],
      },
      {
        text: '- Most firms replace both of them every three years.\n\n',
        status: 'unsupported',
        reason: 'No section says how often they are replaced.',
      },
      {
        text: '| | RMM | PSA |\n| --- | --- | --- |\n| Looks after | Devices | The business |\n| Used by | Technicians | Everyone |\n\n',
      },
      { text: '```powershell\nGet-PSDrive -Name C\n```\n' },
    ],
  });
}

function psaPlace(documents: readonly Document[]): Place {
  const document = documents.find((candidate) => candidate.path === 'psa.md');
  const section = document?.sections.find((candidate) => candidate.anchor === 'what-is-a-psa');
  const text = section ? (document?.source.slice(section.start, section.end) ?? '') : '';
  const paragraph = text.split('\n\n')[1] ?? '';
  return { path: 'psa.md', anchor: 'what-is-a-psa', excerpt: /^.*?\.(?= |$)/s.exec(paragraph)?.[0] ?? '' };
}

/** A quoted answer: the docs' own words and nothing else. */
export function quotedAnswer(documents: readonly Document[]): Step[] {
  const psa = psaPlace(documents);
  return scriptAnswer(documents, {
    places: [rmm, psa],
    done: { mode: 'quoted' },
    parts: [
      { text: `${rmm.excerpt} [1]\n\n`, status: 'quoted', cites: [{ n: 1, quote: rmm.excerpt }] },
      { text: `${psa.excerpt} [2]`, status: 'quoted', cites: [{ n: 2, quote: psa.excerpt }] },
    ],
  });
}

/** What is sent when the docs don't answer. */
export function abstainedAnswer(documents: readonly Document[]): Step[] {
  return [
    { type: 'stage', stage: 'searching' },
    { type: 'sources', sources: [rmm, agents].map((place, index) => sourceOf(documents, place, index + 1)) },
    { type: 'delta', text: 'Nothing in the docs is about the weather.' },
    { type: 'done', mode: 'abstained', score: 0.12, version: 1, timings: {} },
  ];
}
