import { actorId } from "@/lib/core/authz/actor";
import { findLiveDisclosure } from "@/lib/db/disclosures";
import { placeSchema } from "@/lib/services/messages/message-input";
import { query } from "@/lib/services/query";

/** Whether this person asked for the values of a message and the time is not over. @throws AppError forbidden | bad_request */
export const areValuesOpen = query({
  permission: "message.unmask",
  input: placeSchema,
  disclosesPhi: false,
  run: async ({ actor, input, now }): Promise<boolean> =>
    (await findLiveDisclosure({ userId: actorId(actor), place: input, now })) !== undefined,
});
