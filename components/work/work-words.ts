import type { WorkItem, WorkKind } from "@/lib/core/work/claim";

/** What an item of work is called, with its number where people say it. */
export function itemTitle({ kind, id }: WorkItem): string {
  return kind === "dead-letter" ? `Dead letter ${id}` : kindTitles[kind];
}

const kindTitles: Readonly<Record<WorkKind, string>> = {
  "dead-letter": "Dead letter",
  "failed-message": "Failed message",
};

/** Where an item of work is worked on. */
export function itemHref({ kind, id }: WorkItem): string {
  return `${pages[kind]}/${id}`;
}

const pages: Readonly<Record<WorkKind, string>> = {
  "dead-letter": "/sources/dead-letters",
  "failed-message": "/messages",
};
