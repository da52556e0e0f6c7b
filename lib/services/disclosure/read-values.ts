import type { MessageContent } from "@/lib/connectors/connector";
import { contentAccess } from "@/lib/core/authz/content-policy";
import { openingSigns } from "@/lib/core/disclosure/opening-signs";
import { remainingMs } from "@/lib/core/disclosure/values-grant";
import { AppError } from "@/lib/core/errors";
import { fetchContent } from "@/lib/services/messages/fetch-content";
import { placeSchema } from "@/lib/services/messages/message-input";
import { query } from "@/lib/services/query";
import { findOpening } from "./find-opening";
import { noteSigns } from "./note-signs";

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
 * The values of a message, while they are open to this person. Not noted again: the line of `showValues` or `claimItem` in
 * the audit trail says until when. The first look notes how the patient relates to the reader.
 * @throws AppError forbidden | bad_request | not_found | not_available when the time is over or content is closed
 */
export const readValues = query({
  permission: "message.unmask",
  input: placeSchema,
  disclosesPhi: false,
  run: async ({ actor, input, now, reach }): Promise<OpenContent> => {
    const grant = contentAccess(actor).kind === "open" ? await findOpening(actor, input, now) : undefined;
    if (grant === undefined || actor.kind !== "user")
      throw new AppError("not_available", "The values of this message are masked.");
    const content = await fetchContent(input, reach);
    const readable = content.parts.flatMap(({ encrypted, text }) => (encrypted ? [] : [text]));
    await noteSigns(grant.id, openingSigns(readable, actor.name));
    return {
      parts: content.parts.map(({ part, dataType, text, encrypted }) => ({
        part,
        dataType,
        text: encrypted ? undefined : text,
      })),
      notKept: content.notKept,
      remainingMs: remainingMs(grant.expiresAt, now),
    };
  },
});
