import { texts } from './texts.ts';
import { applyTheme, storedTheme } from './theme.ts';

applyTheme(storedTheme(), document.documentElement);

const asked = new URLSearchParams(location.search);
const to = document.querySelector<HTMLInputElement>('input[name=to]');
// The words to highlight and the section stand behind the "#", which only the browser knows.
if (to) to.value = (asked.get('to') ?? '/') + location.hash;

const failed = document.getElementById('failed');
const token = document.getElementById('token');
if (failed && asked.has('failed')) {
  failed.textContent = texts.errors.tokenRefused;
  failed.hidden = false;
  token?.setAttribute('aria-invalid', 'true');
}
token?.focus();
