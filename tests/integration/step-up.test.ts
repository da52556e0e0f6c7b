import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import { stepUpLimitMs } from "@/lib/core/authz/step-up";
import { createClient } from "@/lib/services/api-clients/create-client";
import { revokeClient } from "@/lib/services/api-clients/revoke-client";
import { rotateClient } from "@/lib/services/api-clients/rotate-client";
import { nameDeputy } from "@/lib/services/approvals/name-deputy";
import { command } from "@/lib/services/command";
import { retryDeadLetter } from "@/lib/services/dead-letters/retry-dead-letter";
import { changePeriod } from "@/lib/services/retention/change-period";
import { liftHold } from "@/lib/services/retention/lift-hold";
import { placeHold } from "@/lib/services/retention/place-hold";
import { createSource } from "@/lib/services/sources/create-source";
import { updateSource } from "@/lib/services/sources/update-source";
import { mapGroup, unmapGroup } from "@/lib/services/sso/map-group";
import { markEmergency } from "@/lib/services/sso/mark-emergency";
import { createToken } from "@/lib/services/tokens/create-token";
import { revokeToken } from "@/lib/services/tokens/revoke-token";
import { rotateToken } from "@/lib/services/tokens/rotate-token";
import { askToResetFactors } from "@/lib/services/users/ask-to-reset-factors";
import { aPerson } from "@/tests/support/people";
import { addSource, withStorage } from "@/tests/support/storage";

const db = withStorage();
const someId = "3f0c2a1e-0000-4000-8000-000000000001";
let sourceId = 0;

/** An administrator whose second factor was proved so long ago; undefined: never. */
function provedAgo(ms: number | undefined): Actor {
  const person = aPerson(everywhere("administrator"));
  return { ...person, factorAt: ms === undefined ? undefined : new Date(Date.now() - ms) };
}

async function denials(): Promise<number> {
  const { rows } = await db().pool.query(
    "SELECT 1 FROM signal.audit_leaf WHERE entity_type = 'step-up' AND outcome = 'denied'",
  );
  return rows.length;
}

beforeAll(async () => {
  sourceId = await addSource(db(), "feed");
});

/** Each with an input that is well-formed, so that only the factor can be in the way. */
const dangerous: Readonly<Record<string, (actor: Actor) => Promise<unknown>>> = {
  "making a token": (actor) => createToken(actor, { sourceId, name: "router" }),
  "renewing a token": (actor) => rotateToken(actor, { tokenId: someId }),
  "revoking a token": (actor) => revokeToken(actor, { tokenId: someId }),
  "making a client": (actor) => createClient(actor, { name: "archive", scopes: ["system/AuditEvent.rs"] }),
  "renewing a client's secret": (actor) => rotateClient(actor, { clientId: someId }),
  "revoking a client": (actor) => revokeClient(actor, { clientId: someId }),
  "placing a legal hold": (actor) =>
    placeHold(actor, { kind: "person", person: "olga", reason: "file 2026/17" }),
  "lifting a legal hold": (actor) => liftHold(actor, { id: someId, reason: "file 2026/17 is closed" }),
  "retrying a dead letter": (actor) => retryDeadLetter(actor, { id: "1" }),
  "asking to reset factors": (actor) => askToResetFactors(actor, { userId: someId }),
  "letting a group stand for a role": (actor) => mapGroup(actor, { group: "it", role: "reporter" }),
  "ending what a group stands for": (actor) => unmapGroup(actor, { id: someId }),
  "keeping an account for emergencies": (actor) => markEmergency(actor, { userId: someId, isKept: true }),
  "changing how long records are kept": (actor) => changePeriod(actor, { record: "deadLetters", days: 35 }),
  "naming a deputy": (actor) => nameDeputy(actor, { deputyId: someId, until: "2020-01-01" }),
  "adding a source with a secret": (actor) =>
    createSource(actor, { kind: "mirth", name: "Engine", config: {}, secrets: { password: "p" } }),
  "changing the secret of a source": (actor) =>
    updateSource(actor, { id: sourceId, name: "feed", config: {}, secrets: { password: "p" } }),
};

describe.each(Object.entries(dangerous))("%s", (_, act) => {
  test("is refused without a factor and with one from more than five minutes ago, on record", async () => {
    const before = await denials();
    for (const ago of [undefined, stepUpLimitMs + 1_000]) {
      await expect(act(provedAgo(ago))).rejects.toMatchObject({ code: "step_up_required" });
    }
    expect(await denials()).toBe(before + 2);
  });

  test("gets past the question with a factor from within five minutes", async () => {
    const before = await denials();
    const end = await act(provedAgo(stepUpLimitMs - 60_000)).catch((error: unknown) => error);
    expect(end).not.toMatchObject({ code: "step_up_required" });
    expect(await denials()).toBe(before);
  });
});

test("a right that is missing is told before any factor is asked for", async () => {
  const reporter = aPerson(everywhere("reporter"));
  const end = createToken(reporter, { sourceId, name: "router" });
  await expect(end).rejects.toMatchObject({ code: "forbidden" });
});

test("a change of a source without a secret needs no fresh factor", async () => {
  const end = updateSource(provedAgo(undefined), { id: sourceId, name: "feed", config: {}, secrets: {} });
  expect(await end.catch((error: unknown) => error)).not.toMatchObject({ code: "step_up_required" });
});

test("the product itself has no factor to prove", async () => {
  const act = command({
    permission: "setting.write",
    input: z.object({}),
    stepUp: true,
    run: async () => "done",
    audit: () => ({ action: "E", entityType: "test", entityId: "1" }),
  });
  expect(await act({ kind: "system", name: "cli" }, {})).toBe("done");
});
