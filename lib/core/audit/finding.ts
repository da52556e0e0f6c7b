/** Every way in which the audit trail can fail to prove itself, and what it means. */
export const findingMeanings = {
  "leaf-missing": "A line that was sealed is gone, or has another number.",
  "leaf-changed": "A line does not say what was sealed.",
  "leaf-unaccounted": "A line is neither sealed nor waiting to be.",
  "queue-without-leaf": "A line that waited to be sealed is gone.",
  "membership-changed": "The list of a block's lines was changed.",
  "membership-without-block": "Lines are listed in a block that is not there.",
  "root-differs": "A block's lines are not those that were sealed into it.",
  "block-missing": "A block is gone.",
  "block-changed": "A block does not say what was sealed.",
  "link-broken": "A block does not follow the one before it.",
  "signature-invalid": "A block does not bear the signature of this installation.",
  "signing-key-unknown": "A block was signed with a key that is missing here.",
  "witness-differs": "A block is not the one that was witnessed.",
  "witness-without-block": "A block that was witnessed is gone.",
  "witness-line-invalid": "A line of the witness file does not bear a valid signature.",
  "witness-line-missing": "A witnessed head is not in the witness file.",
} as const;

export type FindingKind = keyof typeof findingMeanings;

/** Something that does not hold, and where. */
export type Finding = {
  readonly kind: FindingKind;
  readonly block?: number;
  readonly leafId?: string;
};
