/** Inner product of two vectors of the same length. */
export function dot(a: Float32Array | Int8Array, b: Float32Array | Int8Array): number {
  // Four sums side by side: with one, each addition would wait for the one before.
  let [s, t, u, v] = [0, 0, 0, 0];
  const fours = a.length - (a.length % 4);
  for (let i = 0; i < fours; i += 4) {
    s += (a[i] ?? 0) * (b[i] ?? 0);
    t += (a[i + 1] ?? 0) * (b[i + 1] ?? 0);
    u += (a[i + 2] ?? 0) * (b[i + 2] ?? 0);
    v += (a[i + 3] ?? 0) * (b[i + 3] ?? 0);
  }
  for (let i = fours; i < a.length; i++) s += (a[i] ?? 0) * (b[i] ?? 0);
  return s + t + u + v;
}
