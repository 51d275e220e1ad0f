import type { ComponentChildren } from 'preact';
import type { Status } from '../../server/events.ts';
import { words } from './words.ts';

/** A heading with what there is to tell, a line each. */
export function Card(props: { title: string; children: ComponentChildren; wide?: boolean }) {
  return (
    <section class={props.wide ? 'status-card is-wide' : 'status-card'}>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}

export function Facts({ facts }: { facts: readonly (readonly [string, string])[] }) {
  return (
    <dl class="status-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function IndexCard({ index }: { index: Status['index'] }) {
  const says = words.index;
  if (!index.readable) {
    return (
      <Card title={says.title}>
        <p class="status-bad">{index.message}</p>
      </Card>
    );
  }
  const { documents, sections, chunks } = index;
  return (
    <Card title={says.title}>
      <Facts
        facts={[
          [says.version, words.number(index.version)],
          [says.madeAt, words.time(index.madeAt)],
          [says.holds, [says.documents(documents), says.sections(sections), says.chunks(chunks)].join(', ')],
          [says.embedder, `${index.embedder}, ${says.dimensions(index.dimensions)}`],
          [says.chunker, index.chunker],
          [says.fingerprint, index.fingerprint],
        ]}
      />
    </Card>
  );
}

export function AnswersCard({ mode, model, running }: Pick<Status, 'mode' | 'model' | 'running'>) {
  const says = words.answers;
  const fault = model?.lastFault;
  return (
    <Card title={says.title}>
      <Facts
        facts={[
          [says.mode, says[mode]],
          ...(model
            ? ([
                [says.writes, model.writes],
                [says.checks, model.checks],
                [says.model, model.reachable ? says.up : says.down],
              ] as const)
            : []),
          ...(fault ? ([[says.lastFault, `${words.time(fault.at)}: ${fault.message}`]] as const) : []),
          [says.running, words.number(running)],
        ]}
      />
    </Card>
  );
}

export function ServerCard(server: Pick<Status, 'docent' | 'node' | 'startedAt' | 'uptime'>) {
  const says = words.server;
  return (
    <Card title={says.title}>
      <Facts
        facts={[
          [says.docent, server.docent],
          [says.node, server.node],
          [says.startedAt, words.time(server.startedAt)],
          [says.uptime, words.duration(server.uptime)],
        ]}
      />
    </Card>
  );
}
