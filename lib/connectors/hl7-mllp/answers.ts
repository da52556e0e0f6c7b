import type { Acknowledgement } from "@/lib/core/formats/hl7v2/acknowledge";
import { acknowledge } from "@/lib/core/formats/hl7v2/acknowledge";
import { splitMessages } from "@/lib/core/formats/hl7v2/batch";
import type { Submitted } from "../connector";
import type { MllpConfig } from "./config";

type Fault = { readonly code: string; readonly text: string };

/**
 * What goes back for a text that is kept: AA from a tap, whatever it was. A destination accepts what it could read and
 * store; AE says what was wrong with it (HL7 table 0357). A batch is answered as one, message by message.
 */
export function answerTo(
  text: string,
  of: {
    readonly mode: MllpConfig["mode"];
    readonly submitted: Submitted;
    readonly now: Date;
    readonly nextId: () => string;
  },
): string {
  const fault = of.mode === "tap" ? undefined : faultOf(of.submitted);
  const code: Acknowledgement = fault === undefined ? "AA" : "AE";
  const { messages, isBatch } = splitMessages(text);
  const answers = messages.map((message) =>
    acknowledge(message, { code, controlId: of.nextId(), now: of.now, ...(fault && { fault }) }),
  );
  return isBatch ? ["BHS|^~\\&\r", ...answers, `BTS|${answers.length}\r`].join("") : answers.join("");
}

function faultOf({ items, rejected }: Submitted): Fault | undefined {
  if (rejected.length > 0) return { code: "100", text: "The message could not be read." };
  const refused = items.find(({ status }) => status === "rejected" || status === "conflict");
  if (refused === undefined) return undefined;
  return refused.status === "conflict"
    ? { code: "205", text: "Another message has this control id." }
    : { code: "207", text: "The message was read and not accepted." };
}
