import { backUp } from "./back-up";
import type { Job } from "./job";
import { keepPartitions } from "./keep-partitions";
import { rollUp } from "./roll-up";
import { sealAudit } from "./seal-audit";
import { sweepLimits } from "./sweep-limits";

/** Every job of the product. One line each. */
export const jobs: readonly Job[] = [keepPartitions, rollUp, backUp, sweepLimits, sealAudit];
