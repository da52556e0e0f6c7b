import { countDeadLettersSchema } from "@/lib/core/dead-letter/schema";
import { countByReason } from "@/lib/db/dead-letter-queue";
import { query } from "@/lib/services/query";

/** How many dead letters there are for each source and reason, most first. Input: { state = "open" }. */
export const countDeadLetters = query({
  permission: "dead-letter.read",
  input: countDeadLettersSchema,
  disclosesPhi: false,
  run: ({ input, reach }) => countByReason(input.state, reach),
});
