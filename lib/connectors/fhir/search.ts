import { readAuditTime } from "@/lib/core/formats/atna/audit-time";
import { anyResourceSchema, type FhirType } from "@/lib/core/formats/fhir/schema";
import { notUnderstood } from "../http/trouble";
import { pathBelow, pathOfLink } from "./client";
import type { FhirConfig } from "./config";
import { searchsetSchema } from "./wire";

/** One resource that a search found. Without a time of writing it cannot be told whether it is new. */
export type Found = {
  readonly id: string;
  readonly version: string;
  readonly writtenAtMs: number | undefined;
  readonly resource: unknown;
};

export type SearchPage = {
  readonly found: readonly Found[];
  /** Other resources that came with them. */
  readonly along: readonly unknown[];
  readonly next: string | undefined;
};

/** The search for what was written since; only this file makes searches. Patients are searched by time alone. */
export function searchPath(
  type: FhirType,
  of: { readonly config: FhirConfig; readonly fromMs: number; readonly count: number },
): string {
  const { config, fromMs, count } = of;
  const query = new URLSearchParams({
    _lastUpdated: `ge${new Date(Math.max(0, fromMs)).toISOString()}`,
    _sort: "_lastUpdated",
    _count: String(count),
  });
  const hasSubject = type === "ServiceRequest" || type === "ImagingStudy" || type === "DiagnosticReport";
  if (hasSubject && config.patientsAlong === "yes") query.set("_include", `${type}:subject`);
  if (type === "DiagnosticReport" && config.reportCategory !== "")
    query.set("category", config.reportCategory);
  return pathBelow(config, `/${type}?${query}`);
}

/** @throws AppError source_protocol for what is no bundle, or leads to another server */
export function readSearchset(
  json: unknown,
  of: { readonly type: FhirType; readonly config: FhirConfig },
): SearchPage {
  const parsed = searchsetSchema.safeParse(json);
  if (!parsed.success) throw notUnderstood({ name: of.type });
  const { entry = [], link = [] } = parsed.data;
  const found: Found[] = [];
  const along: unknown[] = [];
  for (const { resource, search } of entry) {
    const named = anyResourceSchema.safeParse(resource).data;
    if (named?.resourceType !== of.type || search?.mode === "include") along.push(resource);
    else {
      const { id = "", meta } = named;
      const writtenAtMs = readAuditTime(meta?.lastUpdated)?.getTime();
      found.push({ id, version: meta?.versionId ?? meta?.lastUpdated ?? "", writtenAtMs, resource });
    }
  }
  const next = link.find(({ relation }) => relation === "next")?.url;
  return { found, along, next: next === undefined ? undefined : pathOfLink(of.config, next) };
}
