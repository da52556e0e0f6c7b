import { describe, expect, test } from "vitest";
import { tokenHash } from "@/lib/crypto/keyed-hash";
import { acknowledgeToken } from "@/lib/crypto/notice-secret";
import { insertDeliveries } from "@/lib/db/notice-deliveries";
import { keepLink } from "@/lib/db/notice-links";
import { raiseNotice } from "@/lib/db/notice-outbox";
import { findNoticeId } from "@/lib/db/notice-routing";
import { inTransaction } from "@/lib/db/transaction";
import { acknowledgeByLink } from "@/lib/services/notices/acknowledge-by-link";
import { listNotices } from "@/lib/services/notices/list-notices";
import {
  addOwnChannel,
  listOwnChannels,
  removeOwnChannel,
  testOwnChannel,
} from "@/lib/services/notices/own-channel";
import { addTeamChannel } from "@/lib/services/notices/team-channel";
import { addShift } from "@/lib/services/on-call/add-shift";
import { importRota, previewRota } from "@/lib/services/on-call/import-rota";
import { readOnCall } from "@/lib/services/on-call/read-on-call";
import { saveTeam } from "@/lib/services/on-call/save-team";
import { aNotice } from "@/tests/support/notices";
import { addPerson, aPerson } from "@/tests/support/people";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
const analyst = (department?: string) => aPerson([{ role: "interface-analyst", department }]);
const watcher = aPerson([{ role: "committee-member", department: undefined }]);
let teams = 0;
const aTeam = (department?: string) => ({ name: `Team ${++teams}`, department, zone: "Europe/Berlin" });

async function linesOf(actorId: string) {
  const { rows } = await db().pool.query(
    `SELECT action, entity_type AS type, outcome, detail FROM signal.audit_leaf WHERE actor_id = $1 ORDER BY id`,
    [actorId],
  );
  return rows;
}

describe("a team", () => {
  test("is made by an analyst, which is audited, and by nobody who only watches", async () => {
    const person = analyst();
    await saveTeam(person, aTeam());
    expect(await linesOf(person.id)).toMatchObject([
      { action: "C", type: "on-call-team", outcome: "success" },
    ]);
    await expect(saveTeam(watcher, aTeam())).rejects.toMatchObject({ code: "forbidden" });
  });

  test("of another department is neither made nor changed nor seen", async () => {
    const own = analyst("Radiology");
    await expect(saveTeam(own, aTeam("Laboratory"))).rejects.toMatchObject({ code: "forbidden" });
    await expect(saveTeam(own, aTeam())).rejects.toMatchObject({ code: "forbidden" });
    const { id } = await saveTeam(analyst(), aTeam("Laboratory"));
    await expect(saveTeam(own, { ...aTeam("Radiology"), id })).rejects.toMatchObject({ code: "not_found" });
    expect((await readOnCall(own, {})).teams.map((team) => team.id)).not.toContain(id);
  });

  test("shows who is on call now, and that nobody is afterwards", async () => {
    const { id: teamId } = await saveTeam(analyst(), aTeam());
    const { id: userId, name } = await addPerson(db(), []);
    const until = new Date(Date.now() + 3_600_000);
    await addShift(analyst(), { teamId, userId, from: new Date(Date.now() - 1_000), until });
    const team = (await readOnCall(watcher, {})).teams.find(({ id }) => id === teamId);
    expect(team).toMatchObject({ now: [name], mayWrite: false });
    expect(team?.trouble.gaps).toMatchObject([{ from: until }]);
  });
});

describe("a rota as CSV", () => {
  test("is looked at first, and added once, however often it is imported", async () => {
    const { id: teamId } = await saveTeam(analyst(), aTeam());
    const { email } = await addPerson(db(), []);
    const text = `person,from,until\n${email},2026-11-24 08:00,2026-11-24 20:00\n${email},2026-11-25 08:00,2026-11-25 20:00`;
    const gap = { from: new Date("2026-11-24T19:00Z"), to: new Date("2026-11-25T07:00Z") };
    expect(await previewRota(analyst(), { teamId, text })).toMatchObject({
      faults: [],
      added: 2,
      known: 0,
      trouble: { gaps: [gap], overlaps: [] },
    });
    expect(await importRota(analyst(), { teamId, text })).toEqual({ added: 2 });
    expect(await importRota(analyst(), { teamId, text })).toEqual({ added: 0 });
  });

  test("with one wrong line is not added at all", async () => {
    const { id: teamId } = await saveTeam(analyst(), aTeam());
    const { email } = await addPerson(db(), []);
    const text = `${email},2026-11-24 08:00,2026-11-24 20:00\nx@example.org,2026-11-24 08:00,2026-11-24 20:00`;
    const preview = await previewRota(analyst(), { teamId, text });
    expect(preview.faults).toEqual([{ line: 2, fault: "unknown_person" }]);
    await expect(importRota(analyst(), { teamId, text })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("how I am told", () => {
  const address = { kind: "email", to: "night@example.org" } as const;

  test("is chosen with a fresh factor, tested, and taken away by me alone", async () => {
    const me = await addPerson(db(), [{ role: "department-owner", department: "Radiology" }]);
    const stale = { ...me, factorAt: new Date(Date.now() - 3_600_000) };
    await expect(addOwnChannel(stale, { name: "Phone", address })).rejects.toMatchObject({
      code: "step_up_required",
    });
    const { id } = await addOwnChannel(me, { name: "Phone", address });
    expect(await listOwnChannels(me, {})).toMatchObject([{ id, kind: "email", hint: "night@example.org" }]);
    await testOwnChannel(me, { id });
    const administrator = aPerson([{ role: "administrator", department: undefined }]);
    expect(await listNotices(administrator, {})).toMatchObject([
      { notice: { kind: "test" }, state: "waiting", toldTo: me.name, channelName: "Phone" },
    ]);
    await expect(listNotices(me, {})).rejects.toMatchObject({ code: "forbidden" });
    await expect(removeOwnChannel(watcher, { id })).rejects.toMatchObject({ code: "not_found" });
    await removeOwnChannel(me, { id });
    expect(await listOwnChannels(me, {})).toEqual([]);
  });

  test("never leads to a machine of the network; a team's may, and its address is nowhere in the clear", async () => {
    const url = "https://chat.hospital.example/hook/TOPSECRET";
    const webhook = { kind: "webhook", url, secret: "a-secret-of-the-test" } as const;
    await expect(addOwnChannel(watcher, { name: "x", address: webhook })).rejects.toMatchObject({
      code: "bad_request",
    });
    const person = analyst();
    const { id: teamId } = await saveTeam(person, aTeam());
    await addTeamChannel(person, { teamId, name: "Chat", address: webhook });
    const { rows } = await db().pool.query(
      "SELECT c::text, encode(sealed, 'escape') FROM signal.notice_channel c",
    );
    expect(JSON.stringify([rows, await linesOf(person.id)])).not.toMatch(/TOPSECRET|a-secret/);
  });
});

describe("the link in a notice", () => {
  async function aLink(expiresAt = new Date(Date.now() + 60_000)) {
    const person = await addPerson(db(), [{ role: "interface-analyst", department: undefined }]);
    const notice = aNotice();
    const deliveryId = await inTransaction(async (tx) => {
      await raiseNotice(tx, notice);
      const noticeId = await findNoticeId(tx, notice.key);
      const recipients = [{ channelId: undefined, userId: person.id, teamId: undefined }];
      await insertDeliveries(tx, { noticeId, recipients, now: new Date() });
      const [row] = await tx.$queryRaw<readonly { id: string }[]>`
        SELECT id::text FROM signal.notice_delivery WHERE user_id = ${person.id}::uuid`;
      return row?.id ?? "";
    });
    const token = acknowledgeToken(deliveryId);
    const { incidentId } = notice;
    await keepLink({ tokenHash: tokenHash(token), incidentId, deliveryId, userId: person.id, expiresAt });
    return { person, notice, token };
  }

  test("acknowledges once, under the name of the person it was sent to", async () => {
    const { person, notice, token } = await aLink();
    const asks = await Promise.allSettled([acknowledgeByLink({ token }), acknowledgeByLink({ token })]);
    expect(asks.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await linesOf(person.id)).toMatchObject([
      { action: "U", type: "incident", outcome: "success", detail: { what: "acknowledged", by: "link" } },
    ]);
    const { rows } = await db().pool.query(
      "SELECT kind FROM signal.notice_outbox WHERE incident_id = $1 ORDER BY id",
      [notice.incidentId],
    );
    expect(rows).toEqual([{ kind: "incident_opened" }, { kind: "incident_acknowledged" }]);
  });

  test("is worth nothing after its time, for a disabled account, or where it was made up", async () => {
    const expired = await aLink(new Date(Date.now() - 1));
    await expect(acknowledgeByLink({ token: expired.token })).rejects.toMatchObject({ code: "not_found" });
    const gone = await aLink();
    await db().prisma.user.update({ where: { id: gone.person.id }, data: { disabledAt: new Date() } });
    await expect(acknowledgeByLink({ token: gone.token })).rejects.toMatchObject({ code: "not_found" });
    for (const token of ["", "x".repeat(43), undefined, 1]) {
      await expect(acknowledgeByLink({ token })).rejects.toMatchObject({ code: "not_found" });
    }
  });
});
