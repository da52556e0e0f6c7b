import type { Direction } from "@/lib/core/message/outcome";

/** Leg ids under which hours and days of all legs of one direction are kept, so that a total needs no merge of every leg. */
export const groupIds: Readonly<Record<Direction, number>> = { source: -1, destination: -2 };
