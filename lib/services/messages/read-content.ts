import type { MessageContent } from "@/lib/connectors/connector";
import type { Actor } from "@/lib/core/authz/actor";
import { contentAccess } from "@/lib/core/authz/content-policy";
import { AppError } from "@/lib/core/errors";
import { readFaults } from "@/lib/core/formats/hl7v2/faults";
import { type MaskedContent, maskContent } from "@/lib/core/formats/masking/mask-content";
import { printPlace } from "@/lib/core/message/delivery-place";
import { query } from "@/lib/services/query";
import { concernedPatients } from "./concerned-patients";
import { fetchContent } from "./fetch-content";
import { placeSchema } from "./message-input";

/** What the engine kept of one message on one leg, masked. */
export type ContentView = {
  readonly parts: readonly {
    readonly part: MessageContent["parts"][number]["part"];
    readonly dataType: string;
    /** Undefined where the engine keeps this part encrypted. */
    readonly content: MaskedContent | undefined;
  }[];
  /** "not kept: storage mode METADATA" */
  readonly notKept: string | undefined;
};

/**
 * The content of a message, fetched from its engine, values masked, the field that the receiver named marked.
 * @throws AppError not_available while the policy keeps content closed, or where the source cannot give any
 */
export async function readContent(actor: Actor, rawInput: unknown): Promise<ContentView> {
  const access = contentAccess(actor);
  switch (access.kind) {
    case "closed":
      throw new AppError("not_available", "Message content is closed.");
    case "open":
      return discloseContent(actor, rawInput);
  }
}

const discloseContent = query({
  permission: "message.content",
  input: placeSchema,
  disclosesPhi: async (place, { reach }) => ({
    action: "R",
    entityType: "message-content",
    entityId: printPlace(place),
    ...(await concernedPatients(place, reach)),
  }),
  run: async ({ input, reach }): Promise<ContentView> => {
    const content = await fetchContent(input, reach);
    const faults = content.parts
      .filter(({ part, encrypted }) => part === "response" && !encrypted)
      .flatMap(({ text }) => readFaults(text));
    return {
      parts: content.parts.map(({ part, dataType, text, encrypted }) => ({
        part,
        dataType,
        content: encrypted ? undefined : maskContent(text, faults),
      })),
      notKept: content.notKept,
    };
  },
});
