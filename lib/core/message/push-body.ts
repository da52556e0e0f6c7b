import type { z } from "zod";
import { type Item, itemSchema, type Reject } from "./schema";

export const pushFormats = ["json", "ndjson"] as const;
export type PushFormat = (typeof pushFormats)[number];

/** More items in one body are refused: smaller batches are not slower, and one batch is held in memory as a whole. */
export const MAX_PUSH_ITEMS = 5_000;

/** What a pushed body says: items and, by their place in the body, the ones that are not items. */
export type PushBatch = {
  readonly count: number;
  readonly items: readonly Item[];
  readonly rejects: readonly (Reject & { readonly index: number })[];
};

export type PushBody =
  | { readonly kind: "batch"; readonly batch: PushBatch }
  | { readonly kind: "too-many"; readonly count: number }
  /** Not a batch at all; `reject` keeps the whole body. */
  | { readonly kind: "refused"; readonly reject: Reject };

/**
 * Reads a body pushed as JSON (an array of items, or an object with `items`) or as NDJSON (an item a line; empty lines
 * are skipped). One bad item never spoils the others. Pure; `text` may hold patient data and is never quoted in `detail`.
 */
export function readPushBody(text: string, format: PushFormat): PushBody {
  switch (format) {
    case "json":
      return readJson(text);
    case "ndjson":
      return readLines(text);
  }
}

/**
 * Reads again what an earlier push left behind, by the content kind it was kept with; undefined for a kind that no push
 * leaves behind. `body-base64` (not UTF-8) stays unreadable: a person can look at it, nothing can parse it.
 */
export function readPushAgain(kept: {
  readonly contentKind: string;
  readonly payload: string;
}): PushBody | undefined {
  const { contentKind, payload } = kept;
  switch (contentKind) {
    case "item":
      return batchOf([parseJson(payload)], payload);
    case "body":
      return readJson(payload);
    case "body-base64":
      return notText(payload);
  }
  return undefined;
}

/** The refusal of a body that is not UTF-8, given as base64. */
export function notText(base64: string): Extract<PushBody, { readonly kind: "refused" }> {
  const detail = "The body is not UTF-8 text.";
  const reject = { reason: "unparseable", detail, contentKind: "body-base64", payload: base64 } as const;
  return { kind: "refused", reject };
}

/** `text` is absent where JSON holds the value among others. */
type Parsed =
  | { readonly kind: "value"; readonly value: unknown; readonly text?: string }
  | { readonly kind: "unparseable"; readonly text: string };

function readJson(text: string): PushBody {
  const parsed = parseJson(text);
  if (parsed.kind === "unparseable") {
    return refused({ reason: "unparseable", detail: "The body is not JSON.", payload: text });
  }
  const values = listIn(parsed.value);
  if (values === undefined) {
    const detail = "The body is neither an array nor an object with an array 'items'.";
    return refused({ reason: "unknown_shape", detail, payload: text });
  }
  return batchOf(
    values.map((value) => ({ kind: "value", value })),
    text,
  );
}

function readLines(text: string): PushBody {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length > MAX_PUSH_ITEMS) return { kind: "too-many", count: lines.length };
  return batchOf(lines.map(parseJson), text);
}

function batchOf(entries: readonly Parsed[], body: string): PushBody {
  const count = entries.length;
  if (count > MAX_PUSH_ITEMS) return { kind: "too-many", count };
  const items: Item[] = [];
  const rejects: (Reject & { readonly index: number })[] = [];
  entries.forEach((entry, index) => {
    if (entry.kind === "unparseable") {
      const detail = "The line is not JSON.";
      rejects.push({ index, reason: "unparseable", detail, contentKind: "item", payload: entry.text });
      return;
    }
    const parsed = itemSchema.safeParse(entry.value);
    if (parsed.success) items.push(parsed.data);
    else rejects.push({ index, ...rejectOf({ entry, issues: parsed.error.issues, body }) });
  });
  return { kind: "batch", batch: { count, items, rejects } };
}

function rejectOf(from: {
  readonly entry: { readonly value: unknown; readonly text?: string };
  readonly issues: readonly z.core.$ZodIssue[];
  readonly body: string;
}): Reject {
  const detail = describeIssues(from.issues);
  const payload = from.entry.text ?? printJson(from.entry.value);
  // Nested too deeply to be printed again: the whole body is kept in its place.
  if (payload === undefined)
    return { reason: "invalid_item", detail, contentKind: "body", payload: from.body };
  return { reason: "invalid_item", detail, contentKind: "item", payload };
}

const MAX_ISSUES = 8;

/** Where and what, without values. Below `attributes` the names are the sender's own and are not repeated. */
function describeIssues(issues: readonly z.core.$ZodIssue[]): string {
  const described = issues.map(({ path, code }) => {
    const place = path[0] === "attributes" ? ["attributes"] : path;
    return `${place.map(String).join(".") || "item"}: ${code}`;
  });
  return [...new Set(described)].slice(0, MAX_ISSUES).join("; ");
}

function refused(reject: Omit<Reject, "contentKind">): PushBody {
  return { kind: "refused", reject: { ...reject, contentKind: "body" } };
}

function listIn(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  const isObject = typeof value === "object" && value !== null;
  return isObject && "items" in value && Array.isArray(value.items) ? value.items : undefined;
}

function parseJson(text: string): Parsed {
  try {
    return { kind: "value", value: JSON.parse(text), text };
  } catch {
    return { kind: "unparseable", text };
  }
}

function printJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
