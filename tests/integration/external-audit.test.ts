import { beforeAll, describe, expect, test } from "vitest";
import type { AuditFilter } from "@/lib/core/audit/external-event";
import type { Actor } from "@/lib/core/authz/actor";
import { everywhere } from "@/lib/core/authz/role";
import type { ExternalAuditEvent } from "@/lib/core/message/schema";
import { storeBatch } from "@/lib/ingest/pipeline";
import { eventsCsv } from "@/lib/services/external-audit/events-csv";
import { listEvents } from "@/lib/services/external-audit/list-events";
import { readEvent } from "@/lib/services/external-audit/read-event";
import { addSource, batchOf, withStorage } from "@/tests/support/storage";

const db = withStorage();
const now = new Date("2026-03-10T12:00:00Z");
const range = { from: new Date("2026-03-01T00:00:00Z"), to: now };
const officer: Actor = {
  kind: "user",
  id: "6f1f1c3e-0000-4000-8000-000000000002",
  name: "P",
  email: "p@example.org",
  grants: everywhere("privacy-officer"),
};

function anEvent(number: number, over: Partial<ExternalAuditEvent> = {}): ExternalAuditEvent {
  return {
    kind: "audit",
    eventId: String(number),
    at: new Date(range.from.getTime() + number * 3_600_000),
    name: "Get message content",
    action: "R",
    outcome: "authorised",
    actorName: "msmith",
    objectType: "channel",
    objectName: "ADT in",
    attributes: { channel: "Channel[id=1,name=ADT in]", metaDataSearch: "MRN = 900001" },
    ...over,
  };
}

beforeAll(async () => {
  const sourceId = await addSource(db(), "engine");
  const events = Array.from({ length: 120 }, (_, i) =>
    anEvent(i, {
      ...(i % 2 === 0 ? { ownPolling: true, actorName: "signalbox" } : {}),
      ...(i % 15 === 5 ? { name: "Login", action: "E", outcome: "failure", actorName: "jdoe" } : {}),
      ...(i === 7 ? { objectName: '=HYPERLINK("http://x")' } : {}),
    }),
  );
  await storeBatch({ sourceId, batch: batchOf(...events), now });
});

const list = async (filter: AuditFilter = {}) => (await listEvents(officer, { range, filter })).rows;

describe("audit events of the engines", () => {
  test("are listed newest first, our own polling left out unless asked for", async () => {
    const rows = await list();
    expect(rows.every(({ isOwnPolling }) => !isOwnPolling)).toBe(true);
    expect(rows[0]?.engineEventId).toBe("119");
    expect((await list({ own: "shown" }))[1]?.engineEventId).toBe("118");
  });

  test("are found by part of a person, event or object, in any case", async () => {
    expect((await list({ person: "JDO" })).every(({ actorName }) => actorName === "jdoe")).toBe(true);
    expect((await list({ event: "login" })).length).toBe((await list({ outcome: "failure" })).length);
    expect((await list({ object: "hyperlink" })).map(({ engineEventId }) => engineEventId)).toEqual(["7"]);
    expect(await list({ object: "nothing like it" })).toEqual([]);
  });

  test("page through without a gap or a repeat", async () => {
    const first = await listEvents(officer, { range, filter: { own: "shown" } });
    const second = await listEvents(officer, { range, filter: { own: "shown" }, cursor: first.older });
    const third = await listEvents(officer, { range, filter: { own: "shown" }, cursor: second.older });
    const all = [first, second, third].flatMap(({ rows }) =>
      rows.map(({ engineEventId }) => Number(engineEventId)),
    );
    expect(all).toEqual(Array.from({ length: 120 }, (_, i) => 119 - i));
    expect(third.older).toBeUndefined();
  });

  test("open with their attributes masked, and that is written down", async () => {
    const [row] = await list();
    if (!row) throw new Error("no event");
    const { attributes } = await readEvent(officer, { sourceId: row.sourceId, at: row.at, id: row.id });
    expect(attributes).toEqual([
      { name: "channel", value: "Channel[id=1,name=ADT in]", isMasked: false },
      { name: "metaDataSearch", value: "XXX = 999999", isMasked: true },
    ]);
    const { rows } = await db().pool.query(
      "SELECT entity_type FROM signal.audit_leaf ORDER BY id DESC LIMIT 1",
    );
    expect(rows).toEqual([{ entity_type: "external-audit-event" }]);
  });

  test("leave as CSV without attributes and without formulas", async () => {
    const csv = await eventsCsv(officer, { range, filter: {} });
    expect(csv.split("\r\n")).toHaveLength(1 + (await list()).length + 10 + 1);
    expect(csv).not.toContain("900001");
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`);
  });

  test("are closed to an interface's department", async () => {
    const owner: Actor = { ...officer, grants: everywhere("department-owner") };
    await expect(listEvents(owner, { range })).rejects.toMatchObject({ code: "forbidden" });
  });
});
