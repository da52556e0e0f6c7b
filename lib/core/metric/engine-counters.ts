/** Counters that an engine keeps by itself for each leg, as gauges name them. They fall when somebody clears them there. */
export const engineCounters = ["received", "filtered", "sent", "error"] as const;
export type EngineCounter = (typeof engineCounters)[number];
