import { type ComponentChildren, Fragment } from 'preact';
import { limitsOf, nameOf, type Schema } from './open-api.ts';
import { words } from './words.ts';

/** Text whose backticks mark code. */
export function Ticks({ text }: { text: string }) {
  return <>{text.split('`').map((part, i) => (i % 2 === 1 ? <code key={part}>{part}</code> : part))}</>;
}

/** The type of a value in a few words; components are links. */
export function TypeName({ schema }: { schema: Schema }): ComponentChildren {
  const name = nameOf(schema);
  if (name) return <a href={`#schema-${name}`}>{name}</a>;
  if (schema.const !== undefined) return <code>{JSON.stringify(schema.const)}</code>;
  if (schema.enum) return <Choice of={schema.enum.map((value) => <code>{JSON.stringify(value)}</code>)} />;
  const choice = schema.oneOf ?? schema.anyOf;
  if (choice) return <Choice of={choice.map((each) => <TypeName schema={each} />)} />;
  if (schema.type === 'array') {
    return (
      <>
        {words.list}
        <TypeName schema={schema.items ?? {}} />
      </>
    );
  }
  if (typeof schema.additionalProperties === 'object' && !schema.properties) {
    return (
      <>
        {words.map}
        <TypeName schema={schema.additionalProperties} />
      </>
    );
  }
  return [schema.type ?? words.any].flat().join(' | ');
}

function Choice({ of }: { of: readonly ComponentChildren[] }) {
  return (
    <>
      {of.map((each, i) => (
        <Fragment key={i}>
          {i > 0 && ' | '}
          {each}
        </Fragment>
      ))}
    </>
  );
}

export type Field = {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
  readonly description: string | undefined;
};

export function FieldList({ fields }: { fields: readonly Field[] }) {
  return (
    <dl class="fields">
      {fields.map(({ name, schema, required, description }) => (
        <div key={name}>
          <dt>
            <code>{name}</code>{' '}
            <span class="field-type">
              <TypeName schema={schema} />
              {[required ? words.required : words.optional, ...limitsOf(schema)].map((note) => `, ${note}`)}
            </span>
          </dt>
          <dd>
            {description && <Ticks text={description} />}
            <Parts schema={schema} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The fields of an object, of a list's items, or of each object that a value may be; nothing for components. */
export function Parts({ schema }: { schema: Schema }): ComponentChildren {
  if (schema.items) return <Parts schema={schema.items} />;
  const choice = (schema.oneOf ?? schema.anyOf)?.filter((each) => each.properties ?? each.items?.properties);
  if (choice) return choice.map((each, i) => <Parts key={i} schema={each} />);
  const fields = Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    schema: property,
    required: schema.required?.includes(name) ?? false,
    description: property.description,
  }));
  return fields.length > 0 && <FieldList fields={fields} />;
}
