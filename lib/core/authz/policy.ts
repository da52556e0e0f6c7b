import { fhirWriteScopes } from "../api-client/schema";
import { breakGlassPermissions } from "../disclosure/break-glass";
import { BOARD_SCOPE } from "../display/schema";
import type { Actor } from "./actor";
import { type Permission, permissionFacts } from "./permission";
import type { Grant, Role } from "./role";

export type { Permission } from "./permission";

const watching = ["overview.read", "interface.read", "on-call.read"] as const satisfies readonly Permission[];

/** Role × permission, readable as a table. The UI asks `can` to draw, the services ask it to act. */
export const policy: Readonly<Record<Role, readonly Permission[]>> = {
  administrator: [
    ...watching,
    "interface.write",
    "message.read",
    "message.search",
    "message.content",
    "message.unmask",
    "exam.read",
    "exam.search",
    "exam.unmask",
    "work.claim",
    "break-glass.use",
    "on-call.write",
    "notice.read",
    "external-audit.read",
    "audit.read",
    "patient-audit.read",
    "break-glass.review",
    "audit-review.write",
    "source.read",
    "source.write",
    "source.secret",
    "token.write",
    "dead-letter.read",
    "dead-letter.retry",
    "replay.request",
    "replay.approve",
    "estate.read",
    "estate.write",
    "demo.write",
    "display.write",
    "backup.write",
    "setting.write",
    "retention.read",
    "legal-hold.write",
    "user.write",
    "approval.read",
    "role.approve",
  ],
  "interface-analyst": [
    ...watching,
    "interface.write",
    "message.read",
    "message.search",
    "message.content",
    "message.unmask",
    "exam.read",
    "exam.search",
    "exam.unmask",
    "work.claim",
    "break-glass.use",
    "on-call.write",
    "external-audit.read",
    "source.read",
    "dead-letter.read",
    "dead-letter.retry",
    "replay.request",
    "estate.read",
    "estate.write",
  ],
  "him-specialist": [
    ...watching,
    "message.read",
    "message.search",
    "message.content",
    "message.unmask",
    "exam.read",
    "exam.search",
    "exam.unmask",
    "work.claim",
    "break-glass.use",
  ],
  "department-owner": [...watching, "message.read", "exam.read"],
  "clinical-reviewer": [...watching, "exam.read", "break-glass.use"],
  reporter: [],
  "privacy-officer": [
    ...watching,
    "external-audit.read",
    "audit.read",
    "retention.read",
    "legal-hold.write",
    "patient-audit.read",
    "break-glass.review",
    "audit-review.write",
    "approval.read",
  ],
  "committee-member": [...watching],
};

/** What the scopes of tokens and API clients give. */
const scopePermissions: Readonly<Record<string, readonly Permission[]>> = {
  "signalbox/ingest.write": ["ingest.write", "ingest.register", "fhir.write"],
  [BOARD_SCOPE]: ["overview.read"],
  "system/AuditEvent.rs": ["audit.read", "external-audit.read"],
  ...Object.fromEntries(fhirWriteScopes.map((scope) => [scope, ["fhir.write"]] as const)),
};

/** The departments in which something may be done; "all" includes what belongs to none. Empty = nowhere. */
export type Reach = "all" | readonly string[];

/** Of what a question is asked: the department of an interface, null where it has none. */
export type Scope = { readonly department: string | null };

/**
 * Whether the actor holds the permission: of what belongs to `scope`, or anywhere at all when none is given. The
 * system holds all; a source or a client what its scopes give.
 */
export function can(actor: Actor, permission: Permission, scope?: Scope): boolean {
  const reach = reachOf(actor, permission);
  return scope === undefined ? reach === "all" || reach.length > 0 : isWithin(reach, scope.department);
}

/** Where the actor holds the permission. */
export function reachOf(actor: Actor, permission: Permission): Reach {
  switch (actor.kind) {
    case "user":
      // What waits is open to whoever decides in an approver's place; on what they decide, the approver's rights say.
      if (actor.isDeputy === true && permission === "approval.read") return "all";
      // An emergency opens the reading of messages everywhere, on top of what is held.
      return actor.breakGlassUntil !== undefined && breakGlassPermissions.some((one) => one === permission)
        ? "all"
        : reachOfGrants(actor.grants, permission);
    case "source":
    case "client":
      return actor.scopes.some((scope) => scopePermissions[scope]?.includes(permission) ?? false)
        ? "all"
        : [];
    case "system":
      return "all";
  }
}

/** What lies in both. */
export function reachInBoth(a: Reach, b: Reach): Reach {
  if (a === "all") return b;
  return b === "all" ? a : a.filter((department) => b.includes(department));
}

export function isWithin(reach: Reach, department: string | null): boolean {
  return reach === "all" || (department !== null && reach.includes(department));
}

function reachOfGrants(grants: readonly Grant[], permission: Permission): Reach {
  const giving = grants.filter(({ role }) => policy[role].includes(permission));
  if (giving.some(({ department }) => department === undefined)) return "all";
  if (permissionFacts[permission].of === "hospital") return [];
  return [...new Set(giving.flatMap(({ department }) => department ?? []))].sort();
}
