import { formatCompact, formatCount } from "../ui/format-number";

/** Messages a minute as messages an hour: "1,020", "5.25" below ten; "—" where nothing is known. */
export function formatPerHour(perMinute: number | null): string {
  if (perMinute === null) return "—";
  const perHour = perMinute * 60;
  return perHour < 10 ? formatCompact(perHour) : formatCount(perHour);
}
