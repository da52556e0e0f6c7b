import { backUp } from "./back-up";
import type { Job } from "./job";
import { rollUp } from "./roll-up";
import { sweepLimits } from "./sweep-limits";

/** Every job of the product. One line each. */
export const jobs: readonly Job[] = [backUp, rollUp, sweepLimits];
