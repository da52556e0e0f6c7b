/** Half-open, in epoch ms; an absent end is open. */
export type Interval = { readonly fromMs?: number; readonly toMs?: number };

const pattern =
  /^(eq|ge|gt|le|lt)?(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/**
 * Reads a FHIR date search value: a prefix and a date of any precision, which stands for the whole day, minute or second
 * (FHIR R4, 3.1.1.4.5). Without a zone it is UTC. Undefined when it is none.
 */
export function dateInterval(text: string): Interval | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, prefix = "eq", year = "", month, day, hour, minute, second, fraction, zone] = match;
  const clock = `${hour ?? "00"}:${minute ?? "00"}:${second ?? "00"}${fraction?.slice(0, 4) ?? ""}`;
  const start = new Date(`${year}-${month ?? "01"}-${day ?? "01"}T${clock}${zone ?? "Z"}`);
  if (Number.isNaN(start.getTime())) return undefined;
  const startMs = start.getTime();
  const endMs = startMs + lengthMs({ start, month, day, hour, second, fraction });
  switch (prefix) {
    case "ge":
      return { fromMs: startMs };
    case "gt":
      return { fromMs: endMs };
    case "le":
      return { toMs: endMs };
    case "lt":
      return { toMs: startMs };
  }
  return { fromMs: startMs, toMs: endMs };
}

type Parts = {
  readonly start: Date;
  readonly month: string | undefined;
  readonly day: string | undefined;
  readonly hour: string | undefined;
  readonly second: string | undefined;
  readonly fraction: string | undefined;
};

function lengthMs({ start, month, day, hour, second, fraction }: Parts): number {
  if (fraction !== undefined) return 1;
  if (second !== undefined) return 1_000;
  if (hour !== undefined) return 60_000;
  if (day !== undefined) return 86_400_000;
  const end = new Date(start);
  if (month !== undefined) end.setUTCMonth(end.getUTCMonth() + 1);
  else end.setUTCFullYear(end.getUTCFullYear() + 1);
  return end.getTime() - start.getTime();
}
