import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Connector, ContentRef, ListenIo, PollIo } from "@/lib/connectors/connector";
import { connectors } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/errors";
import { itemSchema } from "@/lib/core/message/schema";
import { foundStudies } from "@/tests/connectors/dicomweb-answers";
import { startDimseStub } from "@/tests/connectors/dimse-stub";
import { kept, startFhirStub } from "@/tests/connectors/fhir-stub";
import { startStub } from "@/tests/connectors/mirth-stub";
import { orthancAnswers } from "@/tests/connectors/orthanc-answers";
import { anIo, startPacsStub } from "@/tests/connectors/pacs-stub";
import { sampleConfigOf, samplesOf } from "@/tests/connectors/samples";
import { anAudit, anOrder, aPatient } from "@/tests/support/fhir-resources";
import { freePort } from "@/tests/support/free-port";

/** Something to run the capabilities of a connector that polls against. */
type Live = {
  readonly config: unknown;
  /** Where nothing answers. */
  readonly deadConfig: unknown;
  readonly io: PollIo;
  readonly ref: ContentRef;
};

const lives: Readonly<Record<string, () => Promise<Live>>> = {
  mirth: async () => {
    const stub = await startStub({ messages: 60 });
    const [first] = stub.engine.channels();
    const { config, io } = stub;
    return {
      config,
      deadConfig: { ...config, url: "http://127.0.0.1:9" },
      io,
      ref: { interface: first?.id ?? "", leg: "0", messageId: "1" },
    };
  },
  orthanc: async () => {
    const stub = await startPacsStub(orthancAnswers());
    const config = { url: stub.url, username: "reader" };
    return { config, deadConfig: { ...config, url: "http://127.0.0.1:9" }, io: stub.io, ref: noRef };
  },
  dicomweb: async () => {
    const stub = await startPacsStub((path, query) =>
      path === "/dicom-web/studies" ? foundStudies(query) : 404,
    );
    const config = { url: `${stub.url}/dicom-web`, username: "reader" };
    return { config, deadConfig: { ...config, url: "http://127.0.0.1:9" }, io: stub.io, ref: noRef };
  },
  dimse: async () => {
    const { port } = await startDimseStub({ matches: () => [{ StudyInstanceUID: "1.2.3" }] });
    const config = { host: "127.0.0.1", port, calledAe: "PACS" };
    return { config, deadConfig: { ...config, port: 9, worklist: "yes" }, io: anIo(), ref: noRef };
  },
  fhir: async () => {
    const stub = await startFhirStub([kept(aPatient(), 1), kept(anOrder(), 2), kept(anAudit(), 3)]);
    const config = { url: stub.url, username: "reader", auditEvents: "yes" };
    return { config, deadConfig: { ...config, url: "http://127.0.0.1:9/r4" }, io: stub.io, ref: noRef };
  },
  files: filesLive,
};

/** A folder with one file; where nothing is, the folder has the name that the test of a connection is to repeat. */
async function filesLive(): Promise<Live> {
  const root = await mkdtemp(path.join(tmpdir(), "signalbox-contract-"));
  afterAll(() => rm(root, { recursive: true, force: true }));
  await writeFile(path.join(root, "a.csv"), "Time,Status\n2026-03-10T08:30:00Z,ok\n");
  const config = { folder: root, mapping: "receivedAt = Time\noutcome = Status" };
  const deadConfig = { ...config, folder: path.join(root, "127.0.0.1:9") };
  return { config, deadConfig, io: anIo({ fileRoots: [root] }), ref: noRef };
}

/** For connectors that hold no messages. */
const noRef: ContentRef = { interface: "", leg: "", messageId: "" };

/** Settings with which a connector that listens opens a port. */
const ports: Readonly<Record<string, (port: number) => unknown>> = {
  "hl7-mllp": (port) => ({ port }),
  mpps: (port) => ({ port }),
  "atna-syslog": (port) => ({ port, transport: "tcp" }),
};

/** Listens until stopped; `opened` resolves with the port, `closed` when all is closed. */
function startListening(connector: Connector<unknown>, config: unknown) {
  const stop = new AbortController();
  let tell: (port: number) => void = () => undefined;
  const opened = new Promise<number>((resolve) => {
    tell = resolve;
  });
  const io: ListenIo = {
    signal: stop.signal,
    host: "127.0.0.1",
    now: () => new Date(),
    log: () => undefined,
    secret: () => undefined,
    ready: ({ port }) => tell(port),
    submit: async () => ({ items: [], rejected: [] }),
  };
  return { opened, closed: connector.listen?.(config, io), stop: () => stop.abort() };
}

/** Something of a connector that must be run against its real counterpart. */
function isActive({ streams, probe, content }: Connector<unknown>): boolean {
  return streams !== undefined || probe !== undefined || content !== undefined;
}

/** As JSON sees it: what is stored and sent. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

test("kinds and stream names are unique and plain", () => {
  const kinds = connectors.map(({ kind }) => kind);
  expect(kinds).toEqual([...new Set(kinds)]);
  for (const { kind, streams = [] } of connectors) {
    expect(kind).toMatch(/^[a-z][a-z0-9-]*$/);
    const names = streams.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    expect(streams.filter(({ everyMs }) => everyMs < 1_000)).toEqual([]);
  }
});

describe.each(connectors.map((connector) => [connector.kind, connector] as const))(
  "%s",
  (kind, connector) => {
    const config = sampleConfigOf(kind);

    test("explains every setting and secret to the person who fills in the form", () => {
      const schema = z.toJSONSchema(connector.config, { io: "input" });
      const unexplained = Object.entries(schema.properties ?? {}).filter(
        ([, field]) => typeof field !== "object" || !field.title || !field.description,
      );
      expect(unexplained.map(([name]) => name)).toEqual([]);
      expect(connector.secrets.filter(({ title, description }) => !title || !description)).toEqual([]);
    });

    test("parses its own settings again unchanged", () => {
      const once = connector.config.parse(config);
      expect(connector.config.parse(once)).toEqual(once);
    });

    test("refuses settings that are none", () => {
      expect(connector.config.safeParse("nothing").success).toBe(false);
    });

    test.runIf(isActive(connector))("has samples of what it reads, and something to run it against", () => {
      expect(samplesOf(kind).length).toBeGreaterThan(0);
      expect(connector.listen ? ports[kind] : lives[kind]).toBeDefined();
    });

    test.runIf(connector.listen)(
      "opens its port, says which, and closes all when it is to stop",
      async () => {
        const port = await freePort();
        const settings = ports[kind]?.(port);
        const first = startListening(connector, settings);
        expect(await first.opened).toBe(port);
        await expect(startListening(connector, settings).closed).rejects.toMatchObject({
          code: "source_unreachable",
          info: { kind: "port_in_use" },
        });
        first.stop();
        await first.closed;
        const again = startListening(connector, settings);
        expect(await again.opened).toBe(port);
        again.stop();
        await again.closed;
      },
    );

    describe.each(samplesOf(kind).map((sample) => [sample.name, sample] as const))(
      "sample %s",
      (_, sample) => {
        test("becomes exactly the items and rejects beside it", () => {
          const { items, rejects } = connector.normalise(sample.wire, config);
          const shown = rejects.map(({ payload: _payload, ...rest }) => rest);
          expect(plain({ items, rejects: shown })).toEqual(sample.expected);
        });

        test("gives items that the push API would take", () => {
          const { items } = connector.normalise(sample.wire, config);
          const refused = items.filter((item) => !itemSchema.safeParse(plain(item)).success);
          expect(refused).toEqual([]);
        });

        test("gives rejects that can be read again to the same", () => {
          const { rejects } = connector.normalise(sample.wire, config);
          for (const reject of rejects) {
            const again = connector.normalise(JSON.parse(reject.payload), config);
            expect(again.items).toEqual([]);
            expect(again.rejects.map(({ reason, detail }) => ({ reason, detail }))).toEqual([
              { reason: reject.reason, detail: reject.detail },
            ]);
          }
        });
      },
    );

    test.runIf(connector.streams)("refuses a wire that none of its streams made", () => {
      expect(() => connector.normalise({ kind: "no such page" }, config)).toThrow(AppError);
    });

    test.runIf(connector.streams)(
      "streams give valid items, and nothing new on the second poll",
      async () => {
        const live = await lives[kind]?.();
        for (const stream of connector.streams ?? []) {
          let cursor: unknown = null;
          const seen: number[] = [];
          for (let round = 0; round < 2; round += 1) {
            let deliveries = 0;
            for await (const page of stream.poll(live?.config, requireLive(live).io, cursor)) {
              const { items, rejects } = connector.normalise(page.wire, live?.config);
              expect(rejects).toEqual([]);
              expect(items.filter((item) => !itemSchema.safeParse(plain(item)).success)).toEqual([]);
              deliveries += items.filter((item) => item.kind === "delivery" || item.kind === "audit").length;
              // As Postgres gives it back.
              cursor = plain(page.cursor);
              expect(cursor).toEqual(page.cursor);
            }
            seen.push(deliveries);
          }
          expect({ stream: stream.name, second: seen[1] }).toEqual({ stream: stream.name, second: 0 });
        }
      },
    );

    test.runIf(connector.streams)(
      "streams fail with a code of the source where nothing answers",
      async () => {
        const live = requireLive(await lives[kind]?.());
        for (const stream of connector.streams ?? []) {
          const poll = async () => {
            for await (const page of stream.poll(live.deadConfig, live.io, null)) expect(page).toBeDefined();
          };
          await expect(poll()).rejects.toMatchObject({ code: "source_unreachable" });
        }
      },
    );

    test.runIf(connector.probe && connector.streams)(
      "probe tells a source that answers from one that does not",
      async () => {
        const live = requireLive(await lives[kind]?.());
        expect(await connector.probe?.(live.config, live.io)).toMatchObject({ ok: true });
        const dead = await connector.probe?.(live.deadConfig, live.io);
        expect(dead?.ok).toBe(false);
        expect(dead?.diagnosis).toContain("127.0.0.1:9");
      },
    );

    test.runIf(connector.content)(
      "content gives the parts of a message, and nothing for one that is not there",
      async () => {
        const live = requireLive(await lives[kind]?.());
        const content = await connector.content?.(live.config, live.io, live.ref);
        expect(content?.parts.map(({ part }) => part)).toContain("raw");
        const missing = { ...live.ref, messageId: "999999" };
        expect(await connector.content?.(live.config, live.io, missing)).toBeUndefined();
      },
    );

    test.runIf(connector.replay)("replay sends nothing before it has an account of its own", async () => {
      const live = requireLive(await lives[kind]?.());
      const { isReady, send } = connector.replay ?? {};
      expect(isReady?.(live.config, [])).toBe(false);
      const ref = { ...live.ref, leg: "1" };
      expect(await send?.(live.config, live.io, ref)).toEqual({ kind: "refused", trouble: "not_ready" });
    });
  },
);

function requireLive(live: Live | undefined): Live {
  if (live === undefined) throw new Error("This connector has nothing to be run against.");
  return live;
}
