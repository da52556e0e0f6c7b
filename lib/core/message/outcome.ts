/** What became of a delivery, as far as anyone can count it. */
export const outcomes = ["ok", "failed", "filtered", "pending", "unknown"] as const;
export type Outcome = (typeof outcomes)[number];

/** What the first attempt that finished came to. */
export const firstOutcomes = ["ok", "failed"] as const;
export type FirstOutcome = (typeof firstOutcomes)[number];

/** Where the engine says the message stands; Mirth's own seven words, used for every engine. */
export const messageStates = [
  "received",
  "filtered",
  "transformed",
  "sent",
  "queued",
  "error",
  "pending",
] as const;
export type MessageState = (typeof messageStates)[number];

/** MSA-1, HL7 table 0008. AA/AE/AR answer in original mode, CA/CE/CR are commit acknowledgements. */
export const ackCodes = ["AA", "AE", "AR", "CA", "CE", "CR"] as const;
export type AckCode = (typeof ackCodes)[number];

/** Which end of the engine a leg is: the one that receives, or one that sends. */
export const directions = ["source", "destination"] as const;
export type Direction = (typeof directions)[number];
