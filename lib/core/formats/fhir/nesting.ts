/** Whether a value of JSON is nested no deeper than that. Goes without recursion: what is too deep must not end the process. */
export function isNestedWithin(value: unknown, depth: number): boolean {
  let level: unknown[] = [value];
  for (let at = 0; at <= depth; at++) {
    const below: unknown[] = [];
    for (const one of level) {
      if (typeof one !== "object" || one === null) continue;
      for (const inner of Object.values(one)) if (typeof inner === "object") below.push(inner);
    }
    if (below.length === 0) return true;
    level = below;
  }
  return false;
}
