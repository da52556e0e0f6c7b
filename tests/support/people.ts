import { randomUUID } from "node:crypto";
import type { Actor } from "@/lib/core/authz/actor";
import type { Grant } from "@/lib/core/authz/role";

/** A person as the services see one; without a row in the database. */
export function aPerson(grants: readonly Grant[]): Extract<Actor, { kind: "user" }> {
  const id = randomUUID();
  return { kind: "user", id, name: `Person ${id.slice(0, 8)}`, email: `${id}@example.org`, grants };
}
