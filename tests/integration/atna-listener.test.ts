import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { patientRef } from "@/lib/crypto/keyed-hash";
import { readExternalAccess } from "@/lib/db/patient-access";
import { runSources } from "@/lib/ingest/run-sources";
import { anAuditMessage, counted } from "@/tests/support/audit-messages";
import { freePort } from "@/tests/support/free-port";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  await db().prisma.source.updateMany({ data: { pausedAt: new Date() } });
});

async function startFeed(config: Readonly<Record<string, unknown>> = {}) {
  const port = await freePort();
  const data = {
    kind: "atna-syslog",
    name: `archive ${port}`,
    config: { port, transport: "tcp", ...config },
  };
  const { id } = await db().prisma.source.create({ data });
  const stop = new AbortController();
  const done = runSources({ signal: stop.signal, now: () => new Date() });
  stops.push(async () => {
    stop.abort();
    await done;
  });
  return { sourceId: id, name: data.name, socket: await connect(port) };
}

async function connect(port: number): Promise<net.Socket> {
  for (let tries = 0; tries < 200; tries += 1) {
    const socket = net.connect({ host: "127.0.0.1", port });
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    });
    if (isOpen) {
      stops.push(async () => socket.destroy());
      return socket;
    }
    await sleep(100);
  }
  throw new Error("The port was not opened in time.");
}

async function rows(text: string, sourceId: number, count: number) {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = await db().pool.query(text, [sourceId]);
    if (found.rows.length >= count) return found.rows;
    await sleep(100);
  }
  throw new Error("It was not stored in time.");
}

const events = `SELECT name, action, outcome, actor_id, claimed_address, observed_address, audit_source, own_polling
  FROM signal.external_audit_event WHERE source_id = $1 ORDER BY at, id`;

test("an audit message is stored once, and found by every patient it names", async () => {
  const { sourceId, name, socket } = await startFeed();
  const at = new Date();
  const message = anAuditMessage({ at, patients: ["4711^^^HIS&1.2.3&ISO", "0815^^^LAB"] });
  const later = anAuditMessage({ at: new Date(at.getTime() + 1_000), user: "tom", patients: [] });
  socket.write(counted(message) + counted(message) + counted(later));
  expect(await rows(events, sourceId, 2)).toMatchObject([
    {
      name: "DICOM Instances Accessed",
      action: "R",
      outcome: "success",
      actor_id: "eva",
      claimed_address: "10.0.0.7",
      observed_address: "127.0.0.1",
      audit_source: "archive",
      own_polling: false,
    },
    { actor_id: "tom" },
  ]);
  const range = { from: new Date(at.getTime() - 60_000), to: new Date(at.getTime() + 60_000) };
  for (const [value, assigningAuthority] of [
    ["4711", "1.2.3"],
    ["4711", "HIS"],
    ["0815", "LAB"],
  ] as const) {
    const reference = patientRef({ value, assigningAuthority });
    const found = await readExternalAccess({ patientRef: reference, tag: undefined, range, limit: 10 });
    expect(found.map(({ system, actorId }) => ({ system, actorId }))).toEqual([
      { system: `${name}: archive`, actorId: "eva" },
    ]);
  }
  const stranger = patientRef({ value: "4711", assigningAuthority: "LAB" });
  expect(await readExternalAccess({ patientRef: stranger, tag: undefined, range, limit: 10 })).toEqual([]);
});

test("what is no audit message is kept as a dead letter, once", async () => {
  const { sourceId, socket } = await startFeed();
  socket.write(counted("<38>1 - fw sshd - - - hello") + counted(anAuditMessage().slice(0, 400)));
  socket.end(counted("<38>1 - fw sshd - - - hello"));
  const letters = "SELECT reason, detail FROM signal.dead_letter WHERE source_id = $1 ORDER BY detail";
  expect(await rows(letters, sourceId, 2)).toEqual([
    { reason: "unparseable", detail: "The audit message is cut off." },
    { reason: "unparseable", detail: "The message carries no XML." },
  ]);
});

test("what our own polling leaves in the trail of others is marked", async () => {
  const { sourceId, socket } = await startFeed({ ownAddresses: "10.0.0.7", ownAccounts: "signalbox" });
  socket.write(counted(anAuditMessage({ user: "signalbox" })) + counted(anAuditMessage({ user: "eva" })));
  const found = await rows(events, sourceId, 2);
  expect(Object.fromEntries(found.map((row) => [row.actor_id, row.own_polling]))).toEqual({
    signalbox: true,
    eva: false,
  });
});
