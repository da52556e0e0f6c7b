import { execFile } from "node:child_process";
import { connect } from "node:net";
import { promisify } from "node:util";
import { afterAll, describe, expect, test, vi } from "vitest";
import type { ListenIo } from "@/lib/connectors/connector";
import { mpps } from "@/lib/connectors/mpps/index";
import { serveDicom } from "@/lib/connectors/mpps/server";
import type { Wanted } from "@/lib/core/formats/dicom/write-dataset";
import { pduTypes, writePdu } from "@/lib/core/formats/dimse/pdu";
import { closed, connectModality, unitsOf } from "@/tests/connectors/mpps-client";
import { freePort } from "@/tests/support/free-port";

// Many small steps: a machine that others work on takes longer than the usual five seconds.
vi.setConfig({ testTimeout: 60_000 });

const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops) await stop();
});

/** The listener of a source whose store keeps or refuses what is submitted. */
async function listening(options: { readonly store?: () => Promise<void>; readonly config?: object } = {}) {
  const port = await freePort();
  const wires: unknown[] = [];
  const stop = new AbortController();
  const config = mpps.config.parse({ port, ...options.config });
  let over: Promise<void> | undefined;
  await new Promise<void>((resolve, reject) => {
    const io: ListenIo = {
      signal: stop.signal,
      host: "127.0.0.1",
      now: () => new Date("2026-03-10T09:16:02Z"),
      log: () => undefined,
      secret: () => undefined,
      ready: () => resolve(),
      submit: async (wire) => {
        await options.store?.();
        wires.push(wire);
        return { items: [], rejected: [] };
      },
    };
    over = mpps.listen?.(config, io);
    over?.catch(reject);
  });
  stops.push(async () => {
    stop.abort();
    await over;
  });
  const items = () => wires.flatMap((wire) => mpps.normalise(wire, config).items);
  return { port, wires, items, stop: () => stop.abort(), over };
}

const begun: Wanted = {
  Modality: "MR",
  PatientName: "Beispiel^Anna",
  PatientID: "P-0002",
  PerformedProcedureStepStatus: "IN PROGRESS",
  PerformedProcedureStepStartDate: "20260310",
  PerformedProcedureStepStartTime: "091600",
  ScheduledStepAttributesSequence: [{ AccessionNumber: "ACC-0002", StudyInstanceUID: "1.2.9" }],
};
const completed: Wanted = {
  PerformedProcedureStepStatus: "COMPLETED",
  PerformedProcedureStepEndDate: "20260310",
  PerformedProcedureStepEndTime: "094100",
  PerformedSeriesSequence: [
    {
      SeriesInstanceUID: "1.2.9.1",
      ReferencedImageSequence: Array.from({ length: 300 }, (_, i) => ({
        ReferencedSOPInstanceUID: `1.2.9.1.${i}`,
      })),
    },
  ],
};

describe("a modality", () => {
  test("tells of begin and end, each by what it says", async () => {
    const { port, items } = await listening();
    const modality = await connectModality(port);
    expect(await modality.create("1.2.7", begun)).toBe(0);
    expect(await modality.set("1.2.7", completed)).toBe(0);
    expect(await modality.release()).toBe(pduTypes.releaseResponse);
    expect(items()).toMatchObject([
      { kind: "procedureStep", id: "1.2.7", status: "inProgress", accession: { value: "ACC-0002" } },
      {
        status: "completed",
        endedAt: new Date("2026-03-10T09:41:00Z"),
        series: [{ seriesInstanceUid: "1.2.9.1", imageCount: 300 }],
      },
    ]);
  });

  test("is told when a step could not be stored, and may send it again", async () => {
    let isAway = true;
    const store = async () => {
      if (isAway) throw new Error("The database is away.");
    };
    const { port, wires } = await listening({ store });
    const modality = await connectModality(port);
    expect(await modality.create("1.2.7", begun)).toBe(0x0110);
    isAway = false;
    expect(await modality.create("1.2.7", begun)).toBe(0);
    expect(wires).toHaveLength(1);
    modality.socket.destroy();
  });

  test("is not stopped by a status that is not known: that is set aside", async () => {
    const { port, wires } = await listening();
    const modality = await connectModality(port);
    expect(await modality.set("1.2.7", { PerformedProcedureStepStatus: "PAUSED" })).toBe(0);
    expect(mpps.normalise(wires[0], mpps.config.parse({ port }))).toMatchObject({
      items: [],
      rejects: [{ reason: "unknown_shape" }],
    });
    modality.socket.destroy();
  });

  test("that calls another title is rejected where one is set", async () => {
    const { port } = await listening({ config: { aeTitle: "SIGNALBOX" } });
    await expect(connectModality(port, "OTHER")).rejects.toThrow("not accepted");
    (await connectModality(port)).socket.destroy();
  });

  test("that is none of those admitted is closed as it comes", async () => {
    const { port } = await listening({ config: { allowedPeers: "10.0.0.0/8" } });
    await closed(connect(port, "127.0.0.1"));
  });
});

const run = promisify(execFile);
const hasEcho = await run("sh", ["-c", "echoscu --version"]).then(
  () => true,
  () => false,
);

test.runIf(hasEcho)("dcmtk's echo is answered", async () => {
  const { port } = await listening();
  await expect(run("echoscu", ["127.0.0.1", String(port)])).resolves.toBeDefined();
});

describe("whatever comes", () => {
  const limits = { maxBytes: 100_000, maxConnections: 50, unitMs: 3_000 };

  async function serving() {
    const server = await serveDicom({
      host: "127.0.0.1",
      port: 0,
      aeTitle: "",
      admits: () => true,
      receive: async () => 0,
      limits,
    });
    stops.push(server.close);
    return server;
  }

  test.each([
    ["another protocol", Buffer.from("GET / HTTP/1.1\r\nHost: x\r\n\r\n")],
    ["a unit longer than allowed", Buffer.from("0400fffffff0", "hex")],
    ["an association cut short", writePdu(pduTypes.associateRequest, Buffer.alloc(10, 255))],
    ["data before an association", writePdu(pduTypes.data, Buffer.alloc(20))],
  ])("%s ends its connection by an abort, and no other", async (_, bytes) => {
    const { port } = await serving();
    const modality = await connectModality(port);
    const socket = connect(port, "127.0.0.1");
    socket.write(bytes);
    const { value } = await unitsOf(socket).next();
    expect(value?.type).toBe(pduTypes.abort);
    expect(await modality.create("1.2.7", begun)).toBe(0);
    modality.socket.destroy();
    socket.destroy();
  });

  test("nothing at all, or half a unit, is waited for only so long", async () => {
    const { port } = await serving();
    const silent = connect(port, "127.0.0.1");
    const half = connect(port, "127.0.0.1");
    half.write(Buffer.from("0100000000ff", "hex"));
    await Promise.all([closed(silent), closed(half)]);
  });

  test("connections beyond the limit are closed, and the rest goes on", async () => {
    const { port } = await serving();
    const modality = await connectModality(port);
    const many = Array.from({ length: 120 }, () => connect(port, "127.0.0.1"));
    await Promise.all(many.map(closed));
    expect(await modality.create("1.2.7", begun)).toBe(0);
    modality.socket.destroy();
  });

  test("closing ends every connection", async () => {
    const { port, stop, over } = await listening();
    const modality = await connectModality(port);
    stop();
    await over;
    await closed(modality.socket);
  });
});
