import { randomUUID } from "node:crypto";
import type { Actor } from "@/lib/core/authz/actor";
import type { Grant } from "@/lib/core/authz/role";
import type { Database } from "@/lib/db/client";

/** A person as the services see one, their second factor just proved; without a row in the database. */
export function aPerson(grants: readonly Grant[]): Extract<Actor, { kind: "user" }> {
  const id = randomUUID();
  return {
    kind: "user",
    id,
    name: `Person ${id.slice(0, 8)}`,
    email: `${id}@example.org`,
    grants,
    factorAt: new Date(),
  };
}

/** A person who has joined, with a row of their own. */
export async function addPerson(
  db: Database,
  grants: readonly Grant[],
): Promise<Extract<Actor, { kind: "user" }>> {
  const person = aPerson(grants);
  const { id, name, email } = person;
  await db.prisma.user.create({
    data: {
      id,
      name,
      email,
      passwordHash: "not a hash",
      joinedAt: new Date(),
      grants: {
        create: grants.map(({ role, department }) => ({
          role,
          department: department ?? null,
          grantedBy: "test",
        })),
      },
    },
  });
  return person;
}
