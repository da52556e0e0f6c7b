import { placeSchema } from "@/lib/services/messages/message-input";
import { query } from "@/lib/services/query";
import { findOpening } from "./find-opening";

/** Whether the values of a message are open to this person now, by a stated reason or by a claim. @throws AppError forbidden | bad_request */
export const areValuesOpen = query({
  permission: "message.unmask",
  input: placeSchema,
  disclosesPhi: false,
  run: async ({ actor, input, now }): Promise<boolean> =>
    (await findOpening(actor, input, now)) !== undefined,
});
