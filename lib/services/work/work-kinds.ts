import type { Actor } from "@/lib/core/authz/actor";
import { type Permission, type Reach, reachInBoth, reachOf } from "@/lib/core/authz/policy";
import type { WorkKind } from "@/lib/core/work/claim";
import { findFailedMessage } from "./find-failed-message";
import { findOpenLetter } from "./find-open-letter";
import type { FoundItem } from "./found-item";

type WorkKindSpec = {
  /** What a person must be allowed to do with such an item, besides claiming. */
  readonly needs: Permission;
  /** @throws AppError not_found where there is none within reach | conflict where nothing is left to do about it */
  readonly find: (id: string, reach: Reach) => Promise<FoundItem>;
};

/** A kind of work is a word in core/work/claim and a line here. */
export const workKindSpecs: Readonly<Record<WorkKind, WorkKindSpec>> = {
  "dead-letter": { needs: "dead-letter.retry", find: findOpenLetter },
  "failed-message": { needs: "message.unmask", find: findFailedMessage },
};

/** Where a person may take up work of a kind. What an emergency opens is for reading: it hands out no work. */
export function workReach(actor: Actor, kind: WorkKind): Reach {
  return reachInBoth(reachOf(actor, "work.claim"), reachOf(actor, workKindSpecs[kind].needs));
}
