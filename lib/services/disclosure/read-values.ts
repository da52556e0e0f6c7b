import type { MessageContent } from "@/lib/connectors/connector";
import { actorId } from "@/lib/core/authz/actor";
import { contentAccess } from "@/lib/core/authz/content-policy";
import { remainingMs } from "@/lib/core/disclosure/values-grant";
import { AppError } from "@/lib/core/errors";
import { findLiveDisclosure } from "@/lib/db/disclosures";
import { fetchContent } from "@/lib/services/messages/fetch-content";
import { placeSchema } from "@/lib/services/messages/message-input";
import { query } from "@/lib/services/query";

/** What the engine kept of one message on one leg, in clear. */
export type OpenContent = {
  readonly parts: readonly {
    readonly part: MessageContent["parts"][number]["part"];
    readonly dataType: string;
    /** Undefined where the engine keeps this part encrypted. */
    readonly text: string | undefined;
  }[];
  /** "not kept: storage mode METADATA" */
  readonly notKept: string | undefined;
  readonly remainingMs: number;
};

/**
 * The values of a message, while they are open to this person. Not noted again: the line of `showValues` in the audit
 * trail says until when.
 * @throws AppError forbidden | bad_request | not_found | not_available when the time is over or content is closed
 */
export const readValues = query({
  permission: "message.unmask",
  input: placeSchema,
  disclosesPhi: false,
  run: async ({ actor, input, now, reach }): Promise<OpenContent> => {
    const until =
      contentAccess(actor).kind === "open"
        ? await findLiveDisclosure({ userId: actorId(actor), place: input, now })
        : undefined;
    if (until === undefined) throw new AppError("not_available", "The values of this message are masked.");
    const content = await fetchContent(input, reach);
    return {
      parts: content.parts.map(({ part, dataType, text, encrypted }) => ({
        part,
        dataType,
        text: encrypted ? undefined : text,
      })),
      notKept: content.notKept,
      remainingMs: remainingMs(until, now),
    };
  },
});
