/** Docent's sign: a page with one line marked. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="brand-ground" width="32" height="32" rx="8" />
      <path class="brand-text" d="M8 9.5h10.5M8 15h16M8 20.5h8" />
      <path class="brand-mark" d="M19.5 20.5H24" />
    </svg>
  );
}
