import { hrefOf } from "@/lib/core/href";
import { type DeliveryPlace, parsePlace, printPlace } from "@/lib/core/message/delivery-place";

/** So many messages one replay takes at most. */
export const MAX_ITEMS = 1_000;
/** So many fit into an address. */
export const MAX_LINKED = 60;

/** Where a person chooses among these messages what is sent again. Says nothing about a patient. */
export function replayHref(places: readonly DeliveryPlace[]): string {
  return hrefOf("/replays/new", { messages: places.slice(0, MAX_LINKED).map(printPlace).join(",") });
}

/** Reads what replayHref wrote; what is no place is left out. */
export function parseReplayMessages(text: string): readonly DeliveryPlace[] {
  return text
    .split(",")
    .slice(0, MAX_LINKED)
    .flatMap((one) => parsePlace(one) ?? []);
}
