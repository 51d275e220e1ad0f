/** Runs before the next paint, or soon when the page is in the background and doesn't paint. */
export function nextFrame(run: () => void): void {
  let ran = false;
  const once = () => {
    if (ran) return;
    ran = true;
    run();
  };
  requestAnimationFrame(once);
  setTimeout(once, 100);
}
