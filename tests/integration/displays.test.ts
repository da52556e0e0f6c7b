import { beforeEach, describe, expect, test } from "vitest";
import { displayActor } from "@/lib/auth/display";
import { permissionFacts } from "@/lib/core/authz/permission";
import { can } from "@/lib/core/authz/policy";
import { everywhere } from "@/lib/core/authz/role";
import { newDisplaySchema } from "@/lib/core/display/schema";
import { createDisplay } from "@/lib/services/displays/create-display";
import { listDisplays } from "@/lib/services/displays/list-displays";
import { openDisplay } from "@/lib/services/displays/open-display";
import { revokeDisplay } from "@/lib/services/displays/revoke-display";
import { addPerson } from "@/tests/support/people";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
type Person = Awaited<ReturnType<typeof addPerson>>;
let admin: Person;
const here = "10.20.30.7";

beforeEach(async () => {
  await db().prisma.display.deleteMany();
  await db().prisma.user.deleteMany();
  admin = await addPerson(db(), everywhere("administrator"));
});

const make = (ranges = "10.20.30.0/28, ::1") =>
  createDisplay(admin, { name: "Control room", ranges, days: "90" });
const ask = (token: string, address = here, now = new Date()) => displayActor({ token, address, now });
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

describe("the link of a wall board", () => {
  test("sets up one screen, once, and is kept nowhere in clear", async () => {
    const { link } = await make();
    const { token } = await openDisplay({ link, address: here });
    expect(await ask(token)).toMatchObject({ kind: "client", name: "Control room" });
    await expect(openDisplay({ link, address: here })).rejects.toMatchObject({ code: "forbidden" });
    const { rows } = await db().pool.query("SELECT row_to_json(d)::text AS text FROM public.display d");
    const kept = JSON.stringify(rows);
    expect(kept).not.toContain(link);
    expect(kept).not.toContain(token);
  });

  test("of two screens that open it at once sets up one", async () => {
    const { link } = await make();
    const both = await Promise.allSettled([
      openDisplay({ link, address: here }),
      openDisplay({ link, address: here }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("does not hold at another address, after a day, or once the board is ended", async () => {
    const { id, link } = await make();
    const refused = () =>
      expect(openDisplay({ link, address: here })).rejects.toMatchObject({ code: "forbidden" });
    await expect(openDisplay({ link, address: "10.20.30.17" })).rejects.toMatchObject({ code: "forbidden" });
    await db().prisma.display.updateMany({ data: { linkUntil: new Date() } });
    await refused();
    await db().prisma.display.updateMany({ data: { linkUntil: inDays(1) } });
    await revokeDisplay(admin, { id });
    await refused();
  });
});

describe("a wall board", () => {
  const opened = async () => {
    const { id, link } = await make();
    return { id, token: (await openDisplay({ link, address: here })).token };
  };

  test("sees the overview of everything and nothing else", async () => {
    const actor = await ask((await opened()).token);
    if (actor === undefined) throw new Error("It must be let in.");
    const permissions = Object.keys(permissionFacts).filter((name) =>
      can(actor, name === "overview.read" ? "overview.read" : toPermission(name)),
    );
    expect(permissions).toEqual(["overview.read"]);
  });

  test("works from its addresses alone, until it expires", async () => {
    const { token } = await opened();
    expect(await ask(token, "::ffff:10.20.30.7")).toBeDefined();
    expect(await ask(token, "::1")).toBeDefined();
    expect(await ask(token, "10.20.30.16")).toBeUndefined();
    expect(await ask(token, "")).toBeUndefined();
    expect(await ask(token, here, inDays(89))).toBeDefined();
    expect(await ask(token, here, inDays(91))).toBeUndefined();
    expect(await ask("board_made-up")).toBeUndefined();
  });

  test("is listed with when and from where it was last seen, and ends at once", async () => {
    const { id, token } = await opened();
    await ask(token);
    expect(await listDisplays(admin, {})).toMatchObject([
      { name: "Control room", state: "open", lastAddress: here, lastUsedAt: expect.any(Date) },
    ]);
    await revokeDisplay(admin, { id });
    expect(await ask(token)).toBeUndefined();
    expect(await listDisplays(admin, {})).toMatchObject([{ state: "revoked" }]);
    const { rows } = await db().pool.query(
      "SELECT action FROM signal.audit_leaf WHERE entity_type = 'display' AND entity_id = $1 ORDER BY id",
      [id],
    );
    expect(rows.map(({ action }) => action)).toEqual(["C", "U", "D"]);
  });

  test.each([
    ["no address", ""],
    ["a name", "board.example.org"],
    ["a range that is none", "10.0.0.0/99"],
  ])("is refused for %s", (_what, ranges) => {
    expect(newDisplaySchema.safeParse({ name: "x", ranges, days: 1 }).success).toBe(false);
  });
});

function toPermission(name: string) {
  const names = Object.keys(permissionFacts);
  const found = names.find((one): one is keyof typeof permissionFacts => one === name);
  if (found === undefined) throw new Error("There is no such permission.");
  return found;
}
