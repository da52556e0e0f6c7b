import { backUp } from "./back-up";
import { deliverNotices } from "./deliver-notices";
import { escalateNotices } from "./escalate";
import { heartbeat } from "./heartbeat";
import type { Job } from "./job";
import { keepPartitions } from "./keep-partitions";
import { learnVolume } from "./learn-volume";
import { mailResets } from "./mail-resets";
import { mailWitness } from "./mail-witness";
import { readCertificates } from "./read-certificates";
import { rollUp } from "./roll-up";
import { runReplays } from "./run-replays";
import { sealAudit } from "./seal-audit";
import { settleApprovals } from "./settle-approvals";
import { sweepLimits } from "./sweep-limits";
import { witnessAudit } from "./witness-audit";

/** Every job of the product. One line each. */
export const jobs: readonly Job[] = [
  keepPartitions,
  rollUp,
  learnVolume,
  backUp,
  sweepLimits,
  settleApprovals,
  sealAudit,
  witnessAudit,
  mailWitness,
  mailResets,
  readCertificates,
  runReplays,
  escalateNotices,
  deliverNotices,
  heartbeat,
];
