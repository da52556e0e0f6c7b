import { beforeEach, expect, test } from "vitest";
import { followSession, markSession } from "@/lib/auth/follow-session";
import { startSession } from "@/lib/auth/session";
import { administratorProofKey } from "@/lib/core/authz/administrator-proof";
import { everywhere } from "@/lib/core/authz/role";
import { tokenHash } from "@/lib/crypto/keyed-hash";
import { touchSession } from "@/lib/db/sessions";
import { putSetting } from "@/lib/db/settings";
import { inTransaction } from "@/lib/db/transaction";
import { accountOf, withGrants } from "@/lib/db/users";
import { disablePerson } from "@/lib/services/users/disable-person";
import { endSessions } from "@/lib/services/users/end-sessions";
import { takeRole } from "@/lib/services/users/take-role";
import { addPerson, aPerson } from "@/tests/support/people";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
const administrator = aPerson(everywhere("administrator"));
/** Five times the second that is promised. */
const limitMs = 5_000;
let userId = "";
let hash: Buffer;

beforeEach(async () => {
  userId = (await addPerson(db(), everywhere("interface-analyst", "reporter"))).id;
  const row = await db().prisma.user.findUniqueOrThrow({ where: { id: userId }, include: withGrants });
  const start = { account: accountOf(row), now: new Date(), userAgent: "test", address: "::1" };
  hash = tokenHash(await startSession(start));
});

/** Follows the session while something happens; whether it was told of a change in time. */
async function hears(act: () => Promise<unknown>): Promise<boolean> {
  const followed = await markSession(hash);
  let stop = () => {};
  const told = new Promise<boolean>((resolve) => {
    stop = followSession(followed, () => resolve(true));
  });
  await act();
  let giveUp: ReturnType<typeof setTimeout> | undefined;
  const given = new Promise<boolean>((resolve) => {
    giveUp = setTimeout(() => resolve(false), limitMs);
  });
  const isTold = await Promise.race([told, given]);
  clearTimeout(giveUp);
  stop();
  return isTold;
}

const acts: Readonly<Record<string, () => Promise<unknown>>> = {
  "its account is disabled": () => disablePerson(administrator, { userId }),
  "a role is taken": () => takeRole(administrator, { userId, role: "reporter", department: "" }),
  "it is ended": () => endSessions(administrator, { userId }),
  "its token is renewed": () =>
    db().prisma.session.updateMany({
      where: { userId },
      data: { tokenHash: new Uint8Array(tokenHash(`another of ${userId}`)) },
    }),
  "administrators are held to passkeys": () =>
    inTransaction((tx) => putSetting(tx, { key: administratorProofKey, value: true, now: new Date() })),
};

test.each(Object.entries(acts))("who follows a session is told within a second when %s", async (_, act) => {
  expect(await hears(act)).toBe(true);
});

test("who follows a session hears nothing of its use, nor of another person", {
  timeout: 15_000,
}, async () => {
  const other = await addPerson(db(), everywhere("reporter"));
  const quiet = async () => {
    await touchSession(hash, new Date());
    await disablePerson(administrator, { userId: other.id });
  };
  expect(await hears(quiet)).toBe(false);
});
