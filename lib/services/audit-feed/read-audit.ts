import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import type { FeedEvent } from "@/lib/core/fhir/audit-event";
import { parseFeedPlace } from "@/lib/core/fhir/audit-place";
import { readFeedEvent } from "@/lib/db/audit-feed";
import { authorise } from "@/lib/services/command";
import { query } from "@/lib/services/query";

/** One audit event by the id of its resource; reading it is audited. Input: { id }. @throws AppError forbidden | not_found */
export const readAudit = query({
  permission: "audit.read",
  input: z.object({ id: z.string().max(64) }),
  disclosesPhi: ({ id }) => ({
    action: "R",
    entityType: "audit-event",
    entityId: parseFeedPlace(id) === undefined ? "" : id,
  }),
  run: async ({ actor, input }): Promise<FeedEvent> => {
    await authorise({ actor, permission: "external-audit.read" });
    const place = parseFeedPlace(input.id);
    const event = place && (await readFeedEvent(place));
    if (event === undefined) throw new AppError("not_found", "There is no such audit event.");
    return event;
  },
});
