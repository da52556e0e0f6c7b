"use client";
import { useRouter } from "next/navigation";
import { useRangeQuery } from "../shell/use-range-query";
import { type BucketHref, type BucketPlace, hrefForBucket } from "./bucket-href";
import type { ChartCursor } from "./plot-surface";

export type ChartLinks = {
  /** Undefined where a click leads nowhere. */
  readonly open: ((cursor: ChartCursor) => void) | undefined;
  readonly zoom: (range: { readonly fromMs: number; readonly toMs: number }) => void;
};

/** Opening a place on a chart and zooming the page's time range to a stretch of it. */
export function useChartLinks({ bucketHref, placeOf }: ChartLinksOptions): ChartLinks {
  const router = useRouter();
  const { query, setQuery } = useRangeQuery();
  const open = (cursor: ChartCursor) => {
    const place = placeOf(cursor);
    if (bucketHref !== undefined && place) router.push(hrefForBucket(bucketHref, place));
  };
  return {
    open: bucketHref === undefined ? undefined : open,
    zoom: ({ fromMs, toMs }) =>
      setQuery({ ...query, selection: { kind: "absolute", from: new Date(fromMs), to: new Date(toMs) } }),
  };
}
type ChartLinksOptions = {
  readonly bucketHref: BucketHref | undefined;
  readonly placeOf: (cursor: ChartCursor) => BucketPlace | undefined;
};
