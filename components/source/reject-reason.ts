import type { RejectReason } from "@/lib/core/message/schema";

/** Why something that came in could not be stored, and what helps. */
export function rejectReasonText(reason: RejectReason): { readonly title: string; readonly help: string } {
  return texts[reason];
}

const texts: Readonly<Record<RejectReason, { readonly title: string; readonly help: string }>> = {
  unparseable: {
    title: "Could not be read at all",
    help: "The sender has to send well-formed data; a retry helps only after an update of this product.",
  },
  unknown_shape: {
    title: "Of an unknown shape",
    help: "The engine answered in a way that this release does not know. Retry after an update.",
  },
  invalid_item: {
    title: "Not valid",
    help: "A field is missing or wrong. The sender has to correct it and send it again.",
  },
  conflict: {
    title: "In conflict with what is stored",
    help: "The same observation came with other content. The first one counts; find out which is true.",
  },
  outside_retention: {
    title: "Older than what is kept",
    help: "Its day is no longer kept. Discard it.",
  },
  clock_ahead: {
    title: "From the future",
    help: "The sender's clock is ahead by more than a day. Set the clock, then retry.",
  },
  unknown_interface: {
    title: "Of an unknown interface",
    help: "Its interface was not described yet. Retry once it is listed.",
  },
};
