import { printInstant } from "@/lib/core/time/range";

/**
 * The address of exactly the messages behind a bar, point or cell. A template because server components cannot hand
 * functions to the browser: `{from}` and `{to}` become ISO instants, `{minMs}` and `{maxMs}` a latency cell's edges
 * (empty where a chart has none): "/messages?leg=7&from={from}&to={to}".
 */
export type BucketHref = string;

export type BucketPlace = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly minMs?: number;
  readonly maxMs?: number;
  /** A series' own part, "outcome=failed". */
  readonly query?: string | undefined;
};

/** Fills a template for one place on a chart. */
export function hrefForBucket(
  template: BucketHref,
  { fromMs, toMs, minMs, maxMs, query }: BucketPlace,
): string {
  const filled = template
    .replaceAll("{from}", encodeURIComponent(printInstant(new Date(fromMs))))
    .replaceAll("{to}", encodeURIComponent(printInstant(new Date(toMs))))
    .replaceAll("{minMs}", minMs === undefined ? "" : String(minMs))
    .replaceAll("{maxMs}", maxMs === undefined ? "" : String(maxMs));
  if (!query) return filled;
  return `${filled}${filled.includes("?") ? "&" : "?"}${query}`;
}
