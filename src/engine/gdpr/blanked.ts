/** The same shape with every text empty, but for those under the keys named. */
export function blanked(value: unknown, kept: readonly string[]): unknown {
  if (typeof value === 'string') return '';
  if (Array.isArray(value)) return [];
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, kept.includes(key) ? each : blanked(each, kept)]),
  );
}
