/** Index of the first item whose place is `at` or after it; the items are in order of their places. */
export function firstFrom<T>(items: readonly T[], at: number, placeOf: (item: T) => number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && placeOf(item) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
