/** For a notice that is closed: what had the focus has gone, and reading goes on where the page's content begins. */
export function focusMain(): void {
  document.getElementById('main')?.focus({ preventScroll: true });
}
