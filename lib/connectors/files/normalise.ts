import { createHash } from "node:crypto";
import { AppError } from "@/lib/core/errors";
import { csvCells } from "@/lib/core/formats/records/csv-cells";
import { type LineTemplate, matchTemplate, parseTemplate } from "@/lib/core/formats/records/line-template";
import type { NormalisedBatch, Reject } from "@/lib/core/message/schema";
import { delimiters, type FilesConfig } from "./config";
import { deliveryOf } from "./delivery";
import { type Mapping, parseMapping } from "./mapping";
import { pageSchema, type RecordsPage } from "./wire";

/** Turns records into deliveries. Pure. A record that cannot be understood is set aside by itself. */
export function normalise(wire: unknown, config: FilesConfig): NormalisedBatch {
  const page = pageSchema.safeParse(wire);
  if (!page.success) throw new AppError("bad_request", "These are no records of a file.");
  const mapping = parseMapping(config.mapping) ?? new Map();
  const template = parseTemplate(config.template);
  const judged = page.data.records.map((record) => judge(record, page.data, { config, mapping, template }));
  return {
    items: judged.flatMap((one) => ("item" in one ? [one.item] : [])),
    rejects: judged.flatMap((one) => ("reject" in one ? [one.reject] : [])),
  };
}

type How = {
  readonly config: FilesConfig;
  readonly mapping: Mapping;
  readonly template: LineTemplate | undefined;
};

function judge(record: string, page: RecordsPage, how: How) {
  if (record.trim() === "") return {};
  const values = valuesOf(record, page, how);
  // A line of another kind is no record; in CSV and NDJSON every line is one.
  if (values === undefined && how.config.format === "lines") return {};
  if (values === undefined)
    return { reject: rejectOf(record, page, "unparseable", "not a record of this format") };
  const id = createHash("sha256").update(record).digest("base64url").slice(0, 32);
  const result = deliveryOf(values, { ...how, id });
  if ("missing" in result) {
    const detail = `not understood: ${result.missing}`;
    return { reject: rejectOf(record, page, "invalid_item", detail) };
  }
  return result.item.receivedAt.getTime() < page.retainFromMs ? {} : result;
}

function valuesOf(record: string, page: RecordsPage, how: How): ReadonlyMap<string, string> | undefined {
  switch (how.config.format) {
    case "csv": {
      const cells = csvCells(record, delimiters[how.config.delimiter]);
      return new Map((page.columns ?? []).map((name, index) => [name, cells[index] ?? ""]));
    }
    case "ndjson":
      return jsonValues(record);
    case "lines":
      return how.template && matchTemplate(record, how.template);
  }
}

/** Values of the top, and of objects within by names with points, to a small depth. */
function jsonValues(record: string): ReadonlyMap<string, string> | undefined {
  let json: unknown;
  try {
    json = JSON.parse(record);
  } catch {
    return undefined;
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) return undefined;
  const values = new Map<string, string>();
  const walk = (object: object, before: string, depth: number): void => {
    for (const [name, value] of Object.entries(object)) {
      if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
        values.set(before + name, String(value));
      } else if (typeof value === "object" && value !== null && depth < 4) {
        walk(value, `${before}${name}.`, depth + 1);
      }
    }
  };
  walk(json, "", 0);
  return values;
}

function rejectOf(
  record: string,
  page: RecordsPage,
  reason: "unparseable" | "invalid_item",
  detail: string,
): Reject {
  return { reason, detail, contentKind: "wire", payload: JSON.stringify({ ...page, records: [record] }) };
}
