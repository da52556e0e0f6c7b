import { splitMessages } from "@/lib/core/formats/hl7v2/batch";
import { correlationOf, readHeader } from "@/lib/core/formats/hl7v2/header";
import { readLean } from "@/lib/core/formats/hl7v2/lean";

/** A message that waits for its acknowledgement. */
export type Waiting = { readonly text: string; readonly receivedAt: Date };

/** Characters of waiting messages that are remembered; the oldest are forgotten first, and stay pending. */
const MAX_HELD = 64 * 1024 ** 2;
const MAX_WAIT_MS = 15 * 60_000;

/**
 * Remembers the messages of a tap that sees both directions, until their acknowledgements come: MSA-2 repeats MSH-10, and
 * sender and receiver have changed places.
 */
export function rememberPairs(limits = { held: MAX_HELD, waitMs: MAX_WAIT_MS }): {
  /** The message that a text acknowledges; undefined for one that is a message itself, which is remembered. */
  readonly match: (text: string, receivedAt: Date) => Waiting | undefined;
} {
  const waiting = new Map<string, Waiting>();
  let held = 0;
  const forget = (key: string) => {
    held -= waiting.get(key)?.text.length ?? 0;
    waiting.delete(key);
  };
  const tidy = (now: Date) => {
    for (const [key, { receivedAt }] of waiting) {
      if (held <= limits.held && now.getTime() - receivedAt.getTime() <= limits.waitMs) return;
      forget(key);
    }
  };
  return {
    match: (text, receivedAt) => {
      const { messages } = splitMessages(text);
      const message = messages.length === 1 ? readLean(text) : undefined;
      const header = message && readHeader(message);
      if (header === undefined) return undefined;
      const { acknowledges } = header;
      if (acknowledges !== undefined) {
        const key = correlationOf(header.receiver, acknowledges.controlId ?? "");
        const found = waiting.get(key);
        forget(key);
        return found;
      }
      const key = correlationOf(header.sender, header.controlId ?? "");
      forget(key);
      waiting.set(key, { text, receivedAt });
      held += text.length;
      tidy(receivedAt);
      return undefined;
    },
  };
}
