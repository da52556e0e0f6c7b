import { beforeEach, expect, test } from "vitest";
import { everywhere } from "@/lib/core/authz/role";
import { MOST_VIEWS } from "@/lib/core/saved-view/schema";
import { keepView } from "@/lib/services/saved-views/keep-view";
import { listViews } from "@/lib/services/saved-views/list-views";
import { removeView } from "@/lib/services/saved-views/remove-view";
import { addPerson } from "@/tests/support/people";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
type Person = Awaited<ReturnType<typeof addPerson>>;
let analyst: Person;
let other: Person;

beforeEach(async () => {
  await db().prisma.user.deleteMany();
  analyst = await addPerson(db(), everywhere("interface-analyst"));
  other = await addPerson(db(), everywhere("interface-analyst"));
});

const page = "/messages" as const;
const keep = (name: string, query = "outcome=failed") => keepView(analyst, { page, name, query });

test("a view is kept without the place that was read to, and one of its name replaced", async () => {
  await keep("failed", "outcome=failed&cursor=older-1");
  const id = await keep("failed", "outcome=failed&type=ORM");
  expect(await listViews(analyst, { page })).toEqual([
    { id, name: "failed", query: "outcome=failed&type=ORM" },
  ]);
});

test("a view is seen and removed by whoever keeps it alone", async () => {
  const id = await keep("mine");
  expect(await listViews(other, { page })).toEqual([]);
  expect(await listViews(analyst, { page: "/interfaces" })).toEqual([]);
  await expect(removeView(other, { id })).rejects.toMatchObject({ code: "not_found" });
  await removeView(analyst, { id });
  expect(await listViews(analyst, { page })).toEqual([]);
});

test("no page but a list is kept, and no more than a list of them holds", async () => {
  await expect(keepView(analyst, { page: "https://elsewhere", name: "x", query: "" })).rejects.toMatchObject({
    code: "bad_request",
  });
  for (let i = 0; i < MOST_VIEWS; i++) await keep(`view ${i}`);
  await expect(keep("one more")).rejects.toMatchObject({ code: "conflict" });
});
