/** "1,234,567"; `null` (measured, no value) is "—". */
export function formatCount(value: number | null): string {
  return value === null ? "—" : groupThousands(Math.round(value));
}

/** "950", "12.4k", "3.1M": for axes and narrow cells only. */
export function formatCompact(value: number): string {
  const size = Math.abs(value);
  if (size < 1000) return String(Number(value.toPrecision(3)));
  const { factor, suffix } = size < 999_500 ? { factor: 1e3, suffix: "k" } : { factor: 1e6, suffix: "M" };
  return `${Number((value / factor).toPrecision(3))}${suffix}`;
}

/**
 * A share (0–1) as "1.23 %". Rounding never hides a fact: one failure among a million reads "< 0.01 %", not "0 %",
 * and anything short of everything reads "> 99.99 %", not "100 %". `null` is "—". Number and unit stay on one line.
 */
export function formatRate(share: number | null): string {
  if (share === null) return "—";
  const percent = share * 100;
  if (percent === 0 || percent === 100) return `${percent}\u00a0%`;
  if (percent > 0 && percent < 0.01) return "<\u00a00.01\u00a0%";
  if (percent > 99.99 && percent < 100) return ">\u00a099.99\u00a0%";
  return `${percent.toFixed(percent < 10 || percent > 90 ? 2 : 1)}\u00a0%`;
}

/** The difference of two shares in percentage points: "+0.30 pp", "−1.2 pp", "±0 pp". */
export function formatRateChange(change: number): string {
  const points = change * 100;
  const digits = Math.abs(points) < 10 ? 2 : 1;
  const text = Math.abs(points).toFixed(digits);
  return Number(text) === 0 ? "±0\u00a0pp" : `${points < 0 ? "−" : "+"}${text}\u00a0pp`;
}

/** A relative change as "+12 %", "−3 %", "±0 %", and "×14" where percent stops being readable. */
export function formatRelativeChange(ratio: number): string {
  const percent = Math.round((ratio - 1) * 100);
  if (percent >= 1000) return `×${Math.round(ratio)}`;
  if (percent === 0) return "±0\u00a0%";
  return `${percent < 0 ? "−" : "+"}${groupThousands(Math.abs(percent))}\u00a0%`;
}

function groupThousands(value: number): string {
  const sign = value < 0 ? "−" : "";
  return sign + String(Math.abs(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}
