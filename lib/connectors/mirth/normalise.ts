import { AppError } from "@/lib/core/errors";
import type { NormalisedBatch } from "@/lib/core/message/schema";
import { normaliseEvents } from "./normalise-events";
import { normaliseMessages } from "./normalise-messages";
import { judgeStatuses } from "./normalise-statuses";
import { normaliseSystem } from "./normalise-system";
import { isOwnPage, pageSchema, type WirePage } from "./pages";
import { unparseable } from "./unknown-shape";

/**
 * Turns one page into items. Pure. What cannot be understood is set aside with its reason: one message, one event, or
 * where the answer is no XML at all, the page.
 * @throws AppError bad_request for a wire that no stream of this connector made
 */
export function normalise(wire: unknown): NormalisedBatch {
  const page = isOwnPage(wire) ? wire : foreignPage(wire);
  try {
    return normalisePage(page);
  } catch (error) {
    if (!(error instanceof AppError && error.info["kind"] === "not_xml")) throw error;
    return { items: [], rejects: [unparseable(page)] };
  }
}

function normalisePage(page: WirePage): NormalisedBatch {
  switch (page.kind) {
    case "statuses": {
      const { items, rejects } = judgeStatuses(page);
      return { items, rejects };
    }
    case "messages":
      return normaliseMessages(page);
    case "events":
      return normaliseEvents(page);
    case "system":
      return normaliseSystem(page);
    case "nothing":
      return { items: [], rejects: [] };
  }
}

function foreignPage(wire: unknown): WirePage {
  const parsed = pageSchema.safeParse(wire);
  if (!parsed.success) throw new AppError("bad_request", "This is not a page of a Mirth-family engine.");
  return parsed.data;
}
