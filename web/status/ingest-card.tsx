import type { Status } from '../../server/events.ts';
import { Card, Facts } from './cards.tsx';
import { words } from './words.ts';

type Ingest = NonNullable<Status['ingest']>;
const says = words.ingest;

export function IngestCard({ ingest }: { ingest: Status['ingest'] | undefined }) {
  if (!ingest) {
    return (
      <Card title={says.title} wide>
        <p class="status-soft">{says.none}</p>
      </Card>
    );
  }
  return (
    <Card title={says.title} wide>
      <Facts
        facts={[
          [says.endedAt, words.time(ingest.endedAt)],
          [says.took, words.duration(ingest.seconds)],
          [says.version, words.number(ingest.version)],
          [says.files, words.number(ingest.files)],
          [says.chunks, says.counts(ingest.embedded, ingest.unchanged, ingest.deleted)],
        ]}
      />
      {ingest.failedFiles > 0 && <Failed {...ingest} />}
      <h3>{says.findings}</h3>
      {ingest.findings.length === 0 ? (
        <p class="status-soft">{says.noFindings}</p>
      ) : (
        <Findings findings={ingest.findings} />
      )}
    </Card>
  );
}

function Failed({ failed, failedFiles }: Pick<Ingest, 'failed' | 'failedFiles'>) {
  const more = failedFiles - failed.length;
  return (
    <>
      <h3>{says.failed}</h3>
      <p class="status-soft">{says.kept}</p>
      <ul class="status-failed">
        {failed.map(({ path, message }) => (
          <li key={path}>
            <code>{path}</code> <span>{message}</span>
          </li>
        ))}
        {more > 0 && <li>{says.more(more)}</li>}
      </ul>
    </>
  );
}

function Findings({ findings }: Pick<Ingest, 'findings'>) {
  return (
    <>
      <p class="status-soft">
        {says.how} <code>{says.check}</code>
      </p>
      <table class="status-findings">
        <thead>
          <tr>
            <th scope="col">{says.rule}</th>
            <th scope="col">{says.severity}</th>
            <th scope="col">{says.count}</th>
            <th scope="col">{says.inFiles}</th>
          </tr>
        </thead>
        <tbody>
          {findings.map(({ rule, severity, count, files }) => (
            <tr key={`${severity} ${rule}`}>
              <th scope="row">
                <code>{rule}</code>
              </th>
              <td class={`is-${severity}`}>{says.severities[severity]}</td>
              <td>{words.number(count)}</td>
              <td>{words.number(files)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
