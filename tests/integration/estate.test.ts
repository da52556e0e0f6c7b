import net from "node:net";
import tls from "node:tls";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { everywhere } from "@/lib/core/authz/role";
import { storeSourceSamples } from "@/lib/db/samples";
import { cancelMaintenance } from "@/lib/services/estate/cancel-maintenance";
import { keepStatement } from "@/lib/services/estate/keep-statement";
import { listSystems } from "@/lib/services/estate/list-systems";
import { openStatement } from "@/lib/services/estate/open-statement";
import { planMaintenance } from "@/lib/services/estate/plan-maintenance";
import { readDueEndpoints, readSystemCertificate } from "@/lib/services/estate/read-endpoints";
import { readSystem } from "@/lib/services/estate/read-system";
import { removeSystem } from "@/lib/services/estate/remove-system";
import { saveSystem } from "@/lib/services/estate/save-system";
import { addPerson } from "@/tests/support/people";
import { makeSelfSigned } from "@/tests/support/self-signed";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
type Person = Awaited<ReturnType<typeof addPerson>>;
let analyst: Person;
let listener: tls.Server;
let silent: net.Server;

const portOf = (server: net.Server) => {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
};
const listening = (server: net.Server) =>
  new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));

beforeAll(async () => {
  const { key, cert } = makeSelfSigned();
  listener = tls.createServer({ key, cert }, (socket) => socket.on("error", () => undefined));
  silent = net.createServer((socket) => socket.end("no TLS here"));
  await Promise.all([listening(listener), listening(silent)]);
});
afterAll(() => {
  listener.close();
  silent.close();
});
beforeEach(async () => {
  await db().prisma.system.deleteMany();
  analyst = await addPerson(db(), everywhere("interface-analyst"));
});

const save = (said: Readonly<Record<string, unknown>>) =>
  saveSystem(analyst, { name: "Archive", kind: "pacs", ...said });
const readAll = (now = new Date()) =>
  readDueEndpoints({ now: () => now, signal: new AbortController().signal });

describe("a system of the estate", () => {
  test("is kept as it was entered, and changed without losing its papers", async () => {
    const { id } = await save({
      product: "Orthanc",
      version: "1.10.1",
      contact: " PACS desk 4711 ",
      site: "",
    });
    const content = new TextEncoder().encode("%PDF-1.4 statement");
    const statement = await keepStatement(analyst, {
      systemId: id,
      fileName: "statement.pdf",
      version: "1.10",
      dated: "2026-01-31",
      content,
    });
    await save({ id, product: "Orthanc", version: "1.12.11" });
    const system = await readSystem(analyst, { id });
    expect(system).toMatchObject({ version: "1.12.11", contact: undefined, site: undefined, warnings: [] });
    expect(system.statements).toMatchObject([{ dated: "2026-01-31", bytes: content.length }]);
    const opened = await openStatement(analyst, statement);
    expect(Buffer.from(opened.content)).toEqual(Buffer.from(content));
  });

  test("with a known weakness stands in front of one without", async () => {
    await save({ name: "A calm one" });
    await save({ name: "Engine", kind: "engine", product: "Mirth Connect", version: "4.3.0" });
    const systems = await listSystems(analyst, {});
    expect(systems.map(({ name }) => name)).toEqual(["Engine", "A calm one"]);
  });

  test("takes its clock from the source that reads it, and says nothing where none does", async () => {
    const source = await db().prisma.source.create({ data: { kind: "push", name: "feed", config: {} } });
    const { id } = await save({ sourceId: String(source.id) });
    expect(await readSystem(analyst, { id })).toMatchObject({ clockSkewMs: undefined, warnings: [] });
    await storeSourceSamples([
      { ownerId: source.id, metric: "clockSkewMs", atMs: Date.now() - 60_000, value: 90_000 },
    ]);
    const system = await readSystem(analyst, { id });
    expect(system.clockSkewMs).toBe(90_000);
    expect(system.warnings.map(({ text }) => text)).toEqual([expect.stringContaining("90 s ahead")]);
  });

  test("is gone once it is removed, and the trail says who did it", async () => {
    const { id } = await save({});
    await removeSystem(analyst, { id });
    await expect(readSystem(analyst, { id })).rejects.toMatchObject({ code: "not_found" });
    await expect(removeSystem(analyst, { id })).rejects.toMatchObject({ code: "not_found" });
    const { rows } = await db().pool.query(
      "SELECT action FROM signal.audit_leaf WHERE entity_type = 'system' AND entity_id = $1 ORDER BY at",
      [id],
    );
    expect(rows).toEqual([{ action: "C" }, { action: "D" }]);
  });

  test("is refused with an endpoint or AE title that is none, and to whoever may not write", async () => {
    await expect(save({ endpoint: "https://pacs" })).rejects.toMatchObject({ code: "bad_request" });
    await expect(save({ aeTitle: "A\\B" })).rejects.toMatchObject({ code: "bad_request" });
    const member = await addPerson(db(), everywhere("committee-member"));
    await expect(saveSystem(member, { name: "x", kind: "pacs" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(listSystems(member, {})).rejects.toMatchObject({ code: "forbidden" });
  });

  test("takes an endpoint only from whoever has just proved the second factor", async () => {
    const stale = { ...analyst, factorAt: new Date(Date.now() - 3_600_000) };
    const said = { name: "Archive", kind: "pacs", endpoint: "127.0.0.1:443" };
    await expect(saveSystem(stale, said)).rejects.toMatchObject({ code: "step_up_required" });
  });
});

describe("the certificate of an endpoint", () => {
  test("is read from its handshake, though nobody signed it", async () => {
    const { id } = await save({ endpoint: `127.0.0.1:${portOf(listener)}` });
    await readAll();
    const { certificate, certificateStanding } = await readSystem(analyst, { id });
    expect(certificate).toMatchObject({ problem: undefined, subject: "127.0.0.1", issuer: "127.0.0.1" });
    expect(certificate?.validTo).toEqual(new Date("2049-12-31T00:00:00Z"));
    expect(certificateStanding.state).toBe("valid");
  });

  test("that cannot be read any more keeps its dates, and says why", async () => {
    const { id } = await save({ endpoint: `127.0.0.1:${portOf(listener)}` });
    await readAll();
    await db().prisma.system.update({
      where: { id },
      data: { endpoint: `127.0.0.1:${portOf(silent)}` },
    });
    await readSystemCertificate(analyst, { id });
    const { certificate, warnings } = await readSystem(analyst, { id });
    expect(certificate?.validTo).toEqual(new Date("2049-12-31T00:00:00Z"));
    expect(warnings.map(({ text }) => text)).toEqual([expect.stringContaining("does not speak TLS")]);
  });

  test("is tried again after six hours, not before, and forgotten with its endpoint", async () => {
    const endpoint = `127.0.0.1:${portOf(listener)}`;
    const { id } = await save({ endpoint });
    const first = new Date();
    await readAll(first);
    await readAll(new Date(first.getTime() + 5 * 3_600_000));
    expect((await readSystem(analyst, { id })).certificate?.triedAt).toEqual(first);
    const later = new Date(first.getTime() + 7 * 3_600_000);
    await readAll(later);
    expect((await readSystem(analyst, { id })).certificate?.triedAt).toEqual(later);
    await save({ id, endpoint: "127.0.0.1:1" });
    expect((await readSystem(analyst, { id })).certificate).toBeUndefined();
  });

  test("of an address that no system has is not asked for", async () => {
    const { id } = await save({ endpoint: "169.254.169.254:443" });
    await readSystemCertificate(analyst, { id });
    const { warnings } = await readSystem(analyst, { id });
    expect(warnings.map(({ text }) => text)).toEqual([expect.stringContaining("no system can be")]);
  });
});

describe("planned maintenance", () => {
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

  test("is listed until it is over or called off", async () => {
    const { id: systemId } = await save({});
    const plan = { systemId, what: "New disks", from: at(-1), until: at(2) };
    const { id } = await planMaintenance(analyst, plan);
    expect((await readSystem(analyst, { id: systemId })).maintenance).toMatchObject([{ what: "New disks" }]);
    await cancelMaintenance(analyst, { id });
    expect((await readSystem(analyst, { id: systemId })).maintenance).toEqual([]);
    await expect(cancelMaintenance(analyst, { id })).rejects.toMatchObject({ code: "not_found" });
  });

  test("that ends before it begins, lasts too long, or is over is refused", async () => {
    const { id: systemId } = await save({});
    const plan = (from: string, until: string) =>
      planMaintenance(analyst, { systemId, what: "x", from, until });
    await expect(plan(at(2), at(1))).rejects.toMatchObject({ code: "bad_request" });
    await expect(plan(at(1), at(24 * 31))).rejects.toMatchObject({ code: "bad_request" });
    await expect(plan(at(-2), at(-1))).rejects.toMatchObject({ code: "conflict" });
  });
});
