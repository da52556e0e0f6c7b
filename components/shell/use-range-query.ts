"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import type { RangeQuery } from "@/lib/core/time/range";
import {
  type ParsedRange,
  parseRangeQuery,
  printRangeQuery,
  rangeParamNames,
} from "@/lib/core/time/range-query";
import { useShell } from "./shell-context";

/** The time range in the address, and a setter that keeps all other parameters but the paging cursor. */
export function useRangeQuery(): ParsedRange & { readonly setQuery: (query: RangeQuery) => void } {
  const { defaultZone } = useShell();
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const parsed = useMemo(
    () => parseRangeQuery(Object.fromEntries(params), { zone: defaultZone }),
    [params, defaultZone],
  );
  const setQuery = (query: RangeQuery) => {
    const next = new URLSearchParams(params);
    // A cursor belongs to the old range; keeping it would show an empty page.
    for (const name of [...rangeParamNames, "cursor"]) next.delete(name);
    for (const [name, value] of Object.entries(printRangeQuery(query, { zone: defaultZone }))) {
      next.set(name, value);
    }
    router.push(next.size > 0 ? `${pathname}?${next}` : pathname, { scroll: false });
  };
  return { ...parsed, setQuery };
}
