import type { Actor } from "./actor";
import type { Role } from "./role";

/** What can be done, named `<thing>.<verb>`. The UI asks `can` to draw, the services ask it to act. */
export const permissions = [
  "overview.read",
  "interface.read",
  "interface.write",
  "message.read",
  "message.search",
  "message.content",
  "external-audit.read",
  "source.read",
  "source.write",
  "source.secret",
  "token.write",
  "dead-letter.read",
  "dead-letter.retry",
  "demo.write",
  "backup.write",
  "setting.write",
  "user.write",
  "ingest.write",
  "ingest.register",
] as const;
export type Permission = (typeof permissions)[number];

const watching = ["overview.read", "interface.read"] as const satisfies readonly Permission[];

/** Role × permission, readable as a table. */
export const policy: Readonly<Record<Role, readonly Permission[]>> = {
  administrator: [
    ...watching,
    "interface.write",
    "message.read",
    "message.search",
    "message.content",
    "external-audit.read",
    "source.read",
    "source.write",
    "source.secret",
    "token.write",
    "dead-letter.read",
    "dead-letter.retry",
    "demo.write",
    "backup.write",
    "setting.write",
    "user.write",
  ],
  "interface-analyst": [
    ...watching,
    "interface.write",
    "message.read",
    "message.search",
    "message.content",
    "external-audit.read",
    "source.read",
    "dead-letter.read",
    "dead-letter.retry",
  ],
  "him-specialist": [...watching, "message.read", "message.search"],
  "department-owner": [...watching, "message.read"],
  "clinical-reviewer": [...watching],
  reporter: [],
  "privacy-officer": [...watching, "external-audit.read"],
  "committee-member": [...watching],
};

const sourcePermissions: Readonly<Record<string, readonly Permission[]>> = {
  "signalbox/ingest.write": ["ingest.write", "ingest.register"],
};

/** Whether the actor holds the permission. The system holds all; a source what its token's scopes give. */
export function can(actor: Actor, permission: Permission): boolean {
  switch (actor.kind) {
    case "user":
      return actor.roles.some((role) => policy[role].includes(permission));
    case "source":
      return actor.scopes.some((scope) => sourcePermissions[scope]?.includes(permission) ?? false);
    case "system":
      return true;
  }
}
