import { render } from 'preact';
import { applyTheme, storedTheme } from '../theme.ts';
import { isOpenApi, type OpenApi } from './open-api.ts';
import { ReferencePage } from './reference-page.tsx';

applyTheme(storedTheme(), document.documentElement);

async function load(): Promise<OpenApi | undefined> {
  try {
    const body: unknown = await (await fetch('/openapi.json')).json();
    return isOpenApi(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

const place = document.getElementById('app');
const described = await load();
if (place) render(<ReferencePage document={described} />, place);
// The place that the address names has only just been made.
document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
