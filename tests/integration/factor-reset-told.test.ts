import { beforeAll, expect, test } from "vitest";
import { everywhere } from "@/lib/core/authz/role";
import { findUnseenReset } from "@/lib/db/factor-resets";
import { insertTotpFactor } from "@/lib/db/second-factors";
import { inTransaction } from "@/lib/db/transaction";
import { approve } from "@/lib/services/approvals/approve";
import { askToResetFactors } from "@/lib/services/users/ask-to-reset-factors";
import { dueResetMails, noteResetMailed } from "@/lib/services/users/mail-reset";
import { resetFactors } from "@/lib/services/users/reset-factors";
import { addPerson } from "@/tests/support/people";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
const cli = { kind: "system", name: "cli" } as const;
const url = "https://signalbox.example.org";
let [asker, second, first, other]: Awaited<ReturnType<typeof addPerson>>[] = [];

beforeAll(async () => {
  asker = await addPerson(db(), everywhere("administrator"));
  second = await addPerson(db(), everywhere("administrator"));
  first = await addPerson(db(), everywhere("reporter"));
  other = await addPerson(db(), everywhere("reporter"));
});

const since = () => new Date(Date.now() - 60_000);

test("nobody is told of a reset that never was", async () => {
  expect(await findUnseenReset(first?.id ?? "", since())).toBeUndefined();
  expect(await dueResetMails(new Date(), url)).toEqual([]);
});

test("a reset at the command line is told to the person whom it concerns, and to no other", async () => {
  const userId = first?.id ?? "";
  const sealed = { keyId: "k1", bytes: Buffer.from("x") };
  await inTransaction((tx) => insertTotpFactor(tx, { userId, now: new Date(), ...sealed }));
  await resetFactors(cli, { email: first?.email });
  const reset = await findUnseenReset(userId, since());
  expect(reset?.at.getTime()).toBeGreaterThan(since().getTime());
  expect(await findUnseenReset(other?.id ?? "", since())).toBeUndefined();
  expect(await findUnseenReset(userId, new Date(Date.now() + 60_000))).toBeUndefined();
});

test("a reset that two people decided is told as well", async () => {
  if (asker === undefined || second === undefined) throw new Error("no such people");
  const { approvalId: id } = await askToResetFactors(asker, { userId: other?.id });
  expect(await findUnseenReset(other?.id ?? "", since())).toBeUndefined();
  await approve(second, { id });
  expect(await findUnseenReset(other?.id ?? "", since())).toBeDefined();
});

test("each is mailed once, with what to do, and the note of it is in the audit trail", async () => {
  const mails = await dueResetMails(new Date(), url);
  expect(mails.map(({ to }) => to)).toEqual([first?.email, other?.email]);
  for (const mail of mails) {
    expect(mail.text).toContain(url);
    expect(mail.text).toContain("call an administrator now");
    await noteResetMailed(cli, { leafId: mail.leafId });
  }
  expect(await dueResetMails(new Date(), url)).toEqual([]);
  const { rows } = await db().pool.query(
    "SELECT entity_id AS leaf, detail FROM signal.audit_leaf WHERE entity_type = 'factor-reset' ORDER BY id",
  );
  expect(rows).toEqual(mails.map(({ leafId }) => ({ leaf: leafId, detail: { what: "mailed" } })));
});

test("one that is a day old is mailed no more", async () => {
  await resetFactors(cli, { email: first?.email });
  expect(await dueResetMails(new Date(Date.now() + 25 * 3_600_000), url)).toEqual([]);
});
