import { beforeEach, describe, expect, test } from "vitest";
import { readSession, startSession } from "@/lib/auth/session";
import { signIn } from "@/lib/auth/sign-in";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere, type Grant, type Role } from "@/lib/core/authz/role";
import { accountOf, withGrants } from "@/lib/db/users";
import { acceptInvitation, readInvitation } from "@/lib/services/users/accept-invitation";
import { disablePerson } from "@/lib/services/users/disable-person";
import { enablePerson } from "@/lib/services/users/enable-person";
import { grantRole } from "@/lib/services/users/grant-role";
import { invitePerson } from "@/lib/services/users/invite-person";
import { listUsers } from "@/lib/services/users/list-users";
import { renewInvitation } from "@/lib/services/users/renew-invitation";
import { takeRole } from "@/lib/services/users/take-role";
import { addPerson } from "@/tests/support/people";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
const password = "a long enough pass phrase";

beforeEach(async () => {
  await db().prisma.user.deleteMany();
});

async function people(...held: readonly (readonly Grant[])[]) {
  return Promise.all(held.map((grants) => addPerson(db(), grants)));
}
const anAdministrator = () => addPerson(db(), everywhere("administrator"));

async function trailOf(entityId: string): Promise<readonly unknown[]> {
  const { rows } = await db().pool.query(
    "SELECT permission, outcome, detail FROM signal.audit_leaf WHERE entity_id = $1 ORDER BY id",
    [entityId],
  );
  return rows;
}

async function heldBy(userId: string): Promise<readonly Grant[]> {
  const row = await db().prisma.user.findUniqueOrThrow({ where: { id: userId }, include: withGrants });
  return accountOf(row).grants;
}

function tokenIn(url: string): string {
  return new URL(url).pathname.split("/").at(-1) ?? "";
}

describe("an invitation", () => {
  test("lets its person choose name and password once, and then sign in without any role", async () => {
    const admin = await anAdministrator();
    const { url, userId } = await invitePerson(admin, { name: "Nora", email: "Nora@example.org" });
    const token = tokenIn(url);
    const attempt = {
      credentials: { email: "nora@example.org", password },
      address: "192.0.2.1",
      userAgent: undefined,
      now: new Date(),
    };
    expect(await signIn(attempt)).toBeUndefined();
    expect(await readInvitation(token, new Date())).toEqual({ name: "Nora", email: "nora@example.org" });
    await acceptInvitation({ token, name: "Nora N.", password });
    await expect(acceptInvitation({ token, name: "X", password })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await signIn(attempt)).toMatchObject({ userId });
    expect(await heldBy(userId)).toEqual([]);
    expect(await trailOf(userId)).toMatchObject([
      { permission: "user.write", detail: { invited: true } },
      { detail: { joined: true } },
      { permission: "sign-in" },
    ]);
  });

  test("is kept as a hash alone", async () => {
    const { url } = await invitePerson(await anAdministrator(), { name: "N", email: "n@example.org" });
    const { rows } = await db().pool.query("SELECT i::text AS row FROM public.invitation i");
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(tokenIn(url));
  });

  test("of two that race with it, one joins", async () => {
    const { url } = await invitePerson(await anAdministrator(), { name: "N", email: "n@example.org" });
    const answers = await Promise.allSettled(
      ["A", "B"].map((name) => acceptInvitation({ token: tokenIn(url), name, password })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("holds for 72 hours, and until a newer one is made or the account is disabled", async () => {
    const admin = await anAdministrator();
    const { url, userId } = await invitePerson(admin, { name: "N", email: "n@example.org" });
    const at = (ms: number) => new Date(Date.now() + 72 * 3_600_000 + ms);
    expect(await readInvitation(tokenIn(url), at(-60_000))).toBeDefined();
    expect(await readInvitation(tokenIn(url), at(1_000))).toBeUndefined();
    const renewed = await renewInvitation(admin, { userId });
    expect(await readInvitation(tokenIn(url), new Date())).toBeUndefined();
    expect(await readInvitation(tokenIn(renewed.url), new Date())).toBeDefined();
    await disablePerson(admin, { userId });
    expect(await readInvitation(tokenIn(renewed.url), new Date())).toBeUndefined();
    await expect(acceptInvitation({ token: "invite_madeup", name: "X", password })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("is refused for an address that is taken, a short password, and one who has joined", async () => {
    const admin = await anAdministrator();
    const { url, userId } = await invitePerson(admin, { name: "N", email: "n@example.org" });
    await expect(invitePerson(admin, { name: "M", email: "N@example.org " })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(
      acceptInvitation({ token: tokenIn(url), name: "N", password: "short" }),
    ).rejects.toMatchObject({ code: "bad_request" });
    await acceptInvitation({ token: tokenIn(url), name: "N", password });
    await expect(renewInvitation(admin, { userId })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("a disabled account", () => {
  test("loses its sessions at once and does not get them back when it is enabled", async () => {
    const [admin, other] = await people(everywhere("administrator"), everywhere("reporter"));
    if (admin === undefined || other === undefined) throw new Error("Both must exist.");
    const now = new Date();
    const row = await db().prisma.user.findUniqueOrThrow({ where: { id: other.id }, include: withGrants });
    const start = { account: accountOf(row), now, userAgent: undefined, address: undefined };
    const token = await startSession(start);
    expect(await readSession(token, now)).toBeDefined();
    await disablePerson(admin, { userId: other.id });
    expect(await readSession(token, now)).toBeUndefined();
    await enablePerson(admin, { userId: other.id });
    expect(await readSession(token, now)).toBeUndefined();
    expect(await readSession(await startSession(start), now)).toBeDefined();
    expect(await trailOf(other.id)).toMatchObject([
      { permission: "sign-in" },
      { permission: "user.write", outcome: "success", detail: { disabled: true } },
      { detail: { disabled: false } },
      { permission: "sign-in" },
    ]);
  });
});

describe("roles", () => {
  test("are given and taken for one department, and the next request is judged by them", async () => {
    const [admin, other] = await people(everywhere("administrator"), []);
    if (admin === undefined || other === undefined) throw new Error("Both must exist.");
    const role = { userId: other.id, role: "department-owner", department: "Radiology" };
    expect(await grantRole(admin, role)).toEqual({ kind: "granted", isByOneAlone: false });
    expect(await heldBy(other.id)).toEqual([{ role: "department-owner", department: "Radiology" }]);
    await expect(grantRole(admin, role)).rejects.toMatchObject({ code: "conflict" });
    await expect(takeRole(admin, { ...role, department: "" })).rejects.toMatchObject({ code: "not_found" });
    await takeRole(admin, role);
    expect(await heldBy(other.id)).toEqual([]);
    expect(await trailOf(other.id)).toMatchObject([
      { detail: { granted: "department-owner", department: "Radiology" } },
      { detail: { took: "department-owner", department: "Radiology" } },
    ]);
  });

  test("that are held everywhere or not at all are not given for a department", async () => {
    const [admin, other] = await people(everywhere("administrator"), []);
    await expect(
      grantRole(admin ?? nobody, { userId: other?.id, role: "privacy-officer", department: "Radiology" }),
    ).rejects.toMatchObject({ code: "bad_request" });
  });

  const acts: readonly (readonly [string, (actor: Actor, userId: string) => Promise<unknown>])[] = [
    ["grants a role", (actor, userId) => grantRole(actor, { userId, role: "reporter" })],
    ["takes a role", (actor, userId) => takeRole(actor, { userId, role: "administrator" })],
    ["disables the account", (actor, userId) => disablePerson(actor, { userId })],
    ["enables the account", (actor, userId) => enablePerson(actor, { userId })],
    ["renews the invitation", (actor, userId) => renewInvitation(actor, { userId })],
  ];

  test.each(acts)("nobody %s of oneself", async (_, act) => {
    const [admin] = await people(everywhere("administrator"), everywhere("administrator"));
    await expect(act(admin ?? nobody, admin?.id ?? "")).rejects.toMatchObject({ code: "forbidden" });
  });

  test.each(acts)("only an administrator %s", async (_, act) => {
    const target = await addPerson(db(), []);
    const others: readonly Role[] = ["interface-analyst", "privacy-officer", "department-owner"];
    for (const role of others) {
      const actor = await addPerson(db(), everywhere(role));
      await expect(act(actor, target.id)).rejects.toMatchObject({ code: "forbidden" });
    }
    expect(await trailOf("user.write")).toContainEqual(
      expect.objectContaining({ permission: "user.write", outcome: "denied" }),
    );
  });
});

describe("the last administrator", () => {
  test.each([
    ["disable", (actor: Actor, userId: string) => disablePerson(actor, { userId })],
    ["demote", (actor: Actor, userId: string) => takeRole(actor, { userId, role: "administrator" })],
  ] as const)("stays when two %s each other at once, twenty times over", async (_, act) => {
    for (let round = 0; round < 20; round++) {
      await db().prisma.user.deleteMany();
      const [a, b] = await people(everywhere("administrator"), everywhere("administrator"));
      if (a === undefined || b === undefined) throw new Error("Both must exist.");
      const answers = await Promise.allSettled([act(a, b.id), act(b, a.id)]);
      expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      const left = await db().prisma.user.count({
        where: { disabledAt: null, grants: { some: { role: "administrator" } } },
      });
      expect(left).toBe(1);
    }
  });

  test("is not counted among the disabled, nor among those who never came", async () => {
    const [a, b] = await people(everywhere("administrator"), everywhere("administrator"));
    if (a === undefined || b === undefined) throw new Error("Both must exist.");
    const system: Actor = { kind: "system", name: "test" };
    await disablePerson(system, { userId: b.id });
    await expect(disablePerson(system, { userId: a.id })).rejects.toMatchObject({ code: "conflict" });
    await db().prisma.user.update({ where: { id: b.id }, data: { disabledAt: null, joinedAt: null } });
    await expect(disablePerson(system, { userId: a.id })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("the list of people", () => {
  test("tells who is invited, disabled and when they last came", async () => {
    const admin = await anAdministrator();
    await invitePerson(admin, { name: "Zoe", email: "zoe@example.org" });
    expect(await listUsers(admin, {})).toMatchObject([
      { id: admin.id, joinedAt: expect.any(Date), factors: { isEnrolled: false } },
      { name: "Zoe", joinedAt: undefined, grants: [] },
    ]);
  });
});

const nobody: Actor = { kind: "user", id: "n", name: "n", email: "n", grants: [] };
