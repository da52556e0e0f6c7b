import { REASON_MIN } from "@/lib/core/disclosure/reasons";
import { AppError } from "@/lib/core/errors";
import { scrubErrorText } from "@/lib/core/message/scrub";

/**
 * A stated reason without what looks like an identifier: people write more than they should.
 * @throws AppError bad_request where nothing else is left
 */
export function scrubReason(text: string): string {
  const scrubbed = scrubErrorText(text);
  if (scrubbed.length >= REASON_MIN) return scrubbed;
  throw new AppError("bad_request", "Say why in words, without naming the patient.", {
    info: { fields: "reasonText: too_small" },
  });
}
