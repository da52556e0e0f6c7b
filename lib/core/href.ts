/** A path with a query string; undefined values are left out. Later records win over earlier ones. */
export function hrefOf(
  path: string,
  ...params: readonly Readonly<Record<string, string | number | undefined>>[]
): string {
  const merged: Record<string, string | number | undefined> = Object.assign({}, ...params);
  const query = new URLSearchParams(
    Object.entries(merged).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
  return query.size > 0 ? `${path}?${query}` : path;
}
