/** Above how many messages a replay takes a second person, unless somebody chose another number. */
export const DEFAULT_ALONE_LIMIT = 25;

export type Weighed = {
  readonly messageType: string | undefined;
  /** ORC-1 says that an order is cancelled; undefined where its content could not be read. */
  readonly cancelsOrder: boolean | undefined;
};

/** Why a replay takes a second person. */
export const secondPersonCauses = ["many", "merge_or_cancel", "order_cancel", "unread_order"] as const;
export type SecondPersonCause = (typeof secondPersonCauses)[number];

/** All causes that hold; none = whoever asks may start it alone. */
export function whySecondPerson(items: readonly Weighed[], aloneLimit: number): readonly SecondPersonCause[] {
  const holds: Readonly<Record<SecondPersonCause, boolean>> = {
    many: items.length > aloneLimit,
    merge_or_cancel: items.some(({ messageType }) => isMergeOrCancel(messageType)),
    order_cancel: items.some(({ cancelsOrder }) => cancelsOrder === true),
    unread_order: items.some(
      ({ messageType, cancelsOrder }) => cancelsOrder === undefined && mayCancelOrder(messageType),
    ),
  };
  return secondPersonCauses.filter((cause) => holds[cause]);
}

export const secondPersonTexts: Readonly<Record<SecondPersonCause, string>> = {
  many: "There are many of them.",
  merge_or_cancel: "Some merge patients, or cancel an admission, a transfer or a discharge.",
  order_cancel: "Some cancel an order.",
  unread_order: "Some are orders, and whether they cancel one could not be read.",
};

/** ORC-1, table 0119: cancel, cancelled, discontinue, discontinued and their forms. */
const cancelCodes = ["CA", "OC", "CR", "DC", "OD", "DR"];

/** Whether an order control code takes an order back. */
export function isCancelCode(orderControl: string): boolean {
  return cancelCodes.includes(orderControl.trim().toUpperCase());
}

/** Types that carry ORC, and types that are not known. */
export function mayCancelOrder(messageType: string | undefined): boolean {
  return messageType === undefined || /^(ORM|OMG|OML|OMI|OMS|OMN|OMP|RDE|RDO)\b/.test(messageType);
}

/** Merges and moves of identities, and cancelled events of a stay (HL7 2.5.1 chapter 3). */
const graveEvents = new Set(
  "A11 A12 A13 A18 A23 A25 A26 A27 A29 A30 A32 A33 A34 A35 A36 A38 A39 A40 A41 A42 A43 A44 A45 A47 A48 A49 A50 A51 A52 A53 A54 A55".split(
    " ",
  ),
);

function isMergeOrCancel(messageType: string | undefined): boolean {
  const event = /^ADT\^([A-Z0-9]{3})/.exec(messageType ?? "")?.[1];
  return event !== undefined && graveEvents.has(event);
}

/** Whether an HL7 version 2 message takes an order back; undefined for what is none. */
export function cancelsOrder(text: string): boolean | undefined {
  const segments = text.split(/\r\n?|\n/);
  const separator = /^MSH(.)/.exec(segments[0] ?? "")?.[1];
  if (separator === undefined) return undefined;
  return segments.some((segment) => {
    const [name, control = ""] = segment.split(separator);
    return name === "ORC" && isCancelCode(control);
  });
}
