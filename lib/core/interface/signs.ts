import type { Direction } from "../message/outcome";
import type { Outage } from "./outage";

/** How much an interface matters to patients and people; a person sets it. */
export const criticalities = ["low", "normal", "high"] as const;
export type Criticality = (typeof criticalities)[number];

/** What is known of one leg at one moment, over one range. `null` = measured, no value; undefined = not known. */
export type LegSigns = {
  readonly legId: number;
  readonly name: string;
  readonly direction: Direction;
  /** Final outcomes of deliveries within the range. */
  readonly ok: number;
  readonly failed: number;
  readonly pending: number;
  readonly p95Ms: number | null;
  /** Failures since the last success, up to now; undefined when the last thing that ended went well. */
  readonly failing?: { readonly since: Date; readonly failed: number };
  /** Outages within the range, oldest first. */
  readonly outages: readonly Outage[];
  readonly queueDepth: number | null;
  /** Age of the message at the head of the queue, in milliseconds. */
  readonly headAgeMs: number | null;
  /** Highest values of the same hours in earlier weeks; null where there were none. */
  readonly usual?: {
    readonly failureRateHigh: number | null;
    readonly p95HighMs: number | null;
    readonly queueHigh: number | null;
  };
};

/** What is known of one interface: enough to say whether it needs a person. */
export type InterfaceSigns = {
  readonly interfaceId: number;
  readonly name: string;
  readonly criticality: Criticality;
  /** The engine's word for the channel: STARTED, STOPPED, PAUSED, UNDEPLOYED, … */
  readonly engineState?: string;
  /** A person paused the source here: nothing is read, nothing is judged. */
  readonly isPaused: boolean;
  /** We have not heard from the source since; what happens there is unknown. */
  readonly unseenSince?: Date;
  /** Set where the engine counts messages of which not one was ever read: how many came in by its own counter. */
  readonly countedOnly?: number;
  /** When the last message came in, and how few came in the same stretch of earlier weeks. */
  readonly silence?: { readonly since: Date; readonly usualLow: number; readonly weeks: number };
  readonly legs: readonly LegSigns[];
};
