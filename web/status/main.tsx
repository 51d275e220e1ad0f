import { render } from 'preact';
import { makeApi } from '../api/get-json.ts';
import { signedInFetch } from '../api/signed-in-fetch.ts';
import { applyTheme, storedTheme } from '../theme.ts';
import { StatusPage } from './status-page.tsx';

applyTheme(storedTheme(), document.documentElement);

const api = makeApi({ fetch: signedInFetch });
const place = document.getElementById('app');
if (place) render(<StatusPage status={api.status} />, place);
