const pattern = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?(?:[.,](\d{1,9}))?(Z|[+-]\d{2}:?\d{2})$/i;

/**
 * An instant as audit sources write it: seconds may be missing, as in `15:22.603Z`, and fractions have up to nine digits.
 * Undefined for anything else, also for a time without its zone: whose it is cannot be known.
 */
export function readAuditTime(text: string | undefined): Date | undefined {
  const [, day, hour, minute, second = "00", fraction = "0", zone = ""] = pattern.exec(text ?? "") ?? [];
  if (day === undefined) return undefined;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const at = new Date(`${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, "0").slice(0, 3)}${offset}`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
