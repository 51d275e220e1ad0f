import { Icon } from '../controls/icon.tsx';
import { PageHeader } from '../page-header.tsx';
import { texts } from '../texts.ts';
import { type OpenApi, routesOf } from './open-api.ts';
import { OperationView } from './operation-view.tsx';
import { Parts, Ticks, TypeName } from './schema-view.tsx';
import { words } from './words.ts';

/** The reference of the API; undefined where its document couldn't be read. */
export function ReferencePage({ document }: { document: OpenApi | undefined }) {
  return (
    <>
      <PageHeader name={document?.info.title ?? texts.brand} />
      <div class="docs">
        <div class="docs-side">
          {document && (
            <>
              <details class="docs-menu">
                <summary>
                  <Icon name="menu" />
                  {words.contents}
                </summary>
                <Contents document={document} />
              </details>
              <div class="docs-side-tree">
                <Contents document={document} />
              </div>
            </>
          )}
        </div>
        <main id="main" class="docs-main" tabIndex={-1}>
          <div class="docs-column reference">
            <h1 class="docs-title">{words.title}</h1>
            {document ? <Reference document={document} /> : <p role="alert">{words.failed}</p>}
          </div>
        </main>
      </div>
    </>
  );
}

function Contents({ document }: { document: OpenApi }) {
  return (
    <nav class="docs-tree" aria-label={words.contents}>
      {document.tags.map(({ name }) => (
        <div key={name}>
          <p class="label">{name}</p>
          <ul>
            {routesOf(document, name).map(({ method, path, operation }) => (
              <li key={operation.operationId}>
                <a href={`#${operation.operationId}`}>
                  <span class="method">{method}</span>
                  <span class="contents-path">{path}</span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <ul>
        <li>
          <a href="#schemas">{words.schemas}</a>
        </li>
      </ul>
    </nav>
  );
}

function Reference({ document }: { document: OpenApi }) {
  const { info, tags, components } = document;
  return (
    <>
      <p class="lead">{info.description}</p>
      <p class="docs-meta">
        {info.version} · <a href="/openapi.json">{words.document}</a>
      </p>
      {tags.map(({ name, description }) => (
        <section key={name}>
          <h2>{name}</h2>
          <p>
            <Ticks text={description} />
          </p>
          {routesOf(document, name).map((route) => (
            <OperationView key={route.operation.operationId} route={route} />
          ))}
        </section>
      ))}
      <section>
        <h2 id="schemas">{words.schemas}</h2>
        {Object.entries(components.schemas).map(([name, schema]) => (
          <section class="operation" key={name} aria-labelledby={`schema-${name}`}>
            <h3 id={`schema-${name}`}>{name}</h3>
            {schema.description && (
              <p>
                <Ticks text={schema.description} />
              </p>
            )}
            {!schema.properties && (
              <p class="field-type">
                <TypeName schema={schema} />
              </p>
            )}
            <Parts schema={schema} />
          </section>
        ))}
      </section>
    </>
  );
}
