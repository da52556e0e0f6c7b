import { learnDueExpectations } from "@/lib/services/expectation/learn-expectations";
import type { Job } from "./job";

/** Learns what usually comes in on each interface, once a night and as soon as an interface is there. */
export const learnVolume: Job = {
  name: "learn-volume",
  everyMs: 600_000,
  run: learnDueExpectations,
};
