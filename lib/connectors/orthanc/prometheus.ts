/** Values by name from a text of lines `name value timestamp`. Lines of another kind are left out, labels are not known. */
export function readMetrics(text: string): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const line of text.split("\n", MAX_LINES)) {
    const [, name, digits] = /^([a-z_]{1,100}) (-?\d[\d.e+-]{0,40})(?: \d+)?\s*$/.exec(line) ?? [];
    const value = Number(digits);
    if (name !== undefined && Number.isFinite(value)) values.set(name, value);
  }
  return values;
}

const MAX_LINES = 1_000;
