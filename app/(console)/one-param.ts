import type { SearchParams } from "@/lib/core/time/range-query";

/** The first value of a search parameter; undefined when it is absent or empty. */
export function oneParam(params: SearchParams, name: string): string | undefined {
  const raw = params[name];
  const text = typeof raw === "string" ? raw : raw?.[0];
  return text === "" ? undefined : text;
}

/** A search parameter that must be one of a closed set; anything else counts as absent. */
export function oneOfParam<Value extends string>(
  params: SearchParams,
  name: string,
  values: readonly Value[],
): Value | undefined {
  const text = oneParam(params, name);
  return values.find((value) => value === text);
}
