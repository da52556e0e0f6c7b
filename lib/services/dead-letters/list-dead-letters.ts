import { listDeadLettersSchema } from "@/lib/core/dead-letter/schema";
import { pageDeadLetters } from "@/lib/db/dead-letter-queue";
import { query } from "@/lib/services/query";

/**
 * A page of dead letters without their payloads, last seen first.
 * Input: { sourceId?, reason?, state = "open", after?: { lastSeen, id }, limit = 50 }.
 */
export const listDeadLetters = query({
  permission: "dead-letter.read",
  input: listDeadLettersSchema,
  disclosesPhi: false,
  run: ({ input: { sourceId, reason, state, after, limit }, reach }) =>
    pageDeadLetters({ sourceId, reason, state, after, limit, reach }),
});
