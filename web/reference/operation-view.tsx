import { CodeBlock } from '../markdown/code-block.tsx';
import { curlOf, nameOf, type Reply, type Route, type Schema } from './open-api.ts';
import { FieldList, Parts, Ticks, TypeName } from './schema-view.tsx';
import { words } from './words.ts';

/** One route: what it is for, what it takes, how to call it and what it gives. */
export function OperationView({ route }: { route: Route }) {
  const { method, path, operation } = route;
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  const body = requestBody?.content['application/json']?.schema;
  const command = curlOf(route, location.origin);
  return (
    <section class="operation" aria-labelledby={operationId}>
      <h3 id={operationId}>
        <span class="method">{method}</span> <code>{path}</code>
      </h3>
      <p class="operation-summary">
        {summary}. {description && <Ticks text={description} />}
      </p>
      {parameters.length > 0 && (
        <>
          <h4>{words.parameters}</h4>
          <FieldList fields={parameters.map((each) => ({ ...each, description: each.description }))} />
        </>
      )}
      {body && (
        <>
          <h4>
            {words.body}: <TypeName schema={body} />
          </h4>
          <Parts schema={body} />
        </>
      )}
      <h4>{words.example}</h4>
      <CodeBlock text={command} language="sh">
        {command}
      </CodeBlock>
      <h4>{words.replies}</h4>
      <dl class="fields">
        {Object.entries(responses).map(([status, reply]) => (
          <div key={status}>
            <dt>
              <code>{status}</code> <ReplyTypes reply={reply} />
            </dt>
            <dd>
              <Ticks text={reply.description} />
              <ReplyParts reply={reply} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function ReplyTypes({ reply }: { reply: Reply }) {
  return (
    <span class="field-type">
      {Object.entries(reply.content ?? {}).map(([type, { schema }], i) => (
        <>
          {i > 0 && ', '}
          {type}
          {nameOf(schema) && ' '}
          {nameOf(schema) && <TypeName schema={schema} />}
        </>
      ))}
    </span>
  );
}

/** Each event of a stream with the type of its data. */
function ReplyParts({ reply }: { reply: Reply }) {
  const events = reply.content?.['text/event-stream']?.['x-itemSchema']?.oneOf ?? [];
  if (events.length === 0) return null;
  return (
    <ul class="events">
      {events.map(({ properties = {} }) => (
        <li key={properties.event?.const}>
          {words.event} <code>{String(properties.event?.const)}</code>:{' '}
          <EventData schema={properties.data?.contentSchema} />
        </li>
      ))}
    </ul>
  );
}

function EventData({ schema }: { schema: Schema | undefined }) {
  return schema ? <TypeName schema={schema} /> : null;
}
