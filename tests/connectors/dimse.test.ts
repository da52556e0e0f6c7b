import { describe, expect, test, vi } from "vitest";
import { services } from "@/lib/connectors/dimse/association";
import { dimse } from "@/lib/connectors/dimse/index";
import type { Wanted } from "@/lib/core/formats/dicom/write-dataset";
import { type DimseBehaviour, startDimseStub } from "@/tests/connectors/dimse-stub";
import { anIo } from "@/tests/connectors/pacs-stub";

// Many small steps: a machine that others work on takes longer than the usual five seconds.
vi.setConfig({ testTimeout: 60_000 });

const io = anIo();

function configOf(port: number, changed: object = {}) {
  return dimse.config.parse({ host: "127.0.0.1", port, calledAe: "PACS", timeoutSeconds: 5, ...changed });
}

const aStudy = (number: number, changed: Wanted = {}): Wanted => ({
  SpecificCharacterSet: "ISO_IR 192",
  StudyInstanceUID: `1.2.3.${number}`,
  AccessionNumber: `ACC-${number}`,
  PatientName: "Muster^Jörg=山田^太郎",
  PatientID: "P-1",
  IssuerOfPatientID: "HIS",
  StudyDescription: "x".repeat(2_000),
  ...changed,
});

async function poll(stream: string, behaviour: DimseBehaviour, cursor: unknown = null, changed: object = {}) {
  const stub = await startDimseStub(behaviour);
  const config = configOf(stub.port, changed);
  const pages = [];
  const found = dimse.streams?.find(({ name }) => name === stream);
  for await (const page of found?.poll(config, io, cursor) ?? []) pages.push(page);
  const items = pages.flatMap(({ wire }) => dimse.normalise(JSON.parse(JSON.stringify(wire)), config).items);
  return { items, cursor: pages.at(-1)?.cursor, stub };
}

describe("an echo", () => {
  test("measures how long association and answer take", async () => {
    const { items } = await poll("echo", {});
    expect(items).toMatchObject([{ metric: "associationMs" }, { metric: "responseMs" }]);
  });

  test.each([
    ["does not know the called title", { rejects: [1, 7] }, "called_unknown"],
    ["does not know our title", { rejects: [1, 3] }, "calling_unknown"],
    ["is busy", { rejects: [3, 1] }, "busy"],
    ["rejects for no reason", { rejects: [1, 1] }, "rejected"],
    ["speaks HTTP", { says: "HTTP/1.1 400 Bad Request\r\n\r\n" }, "not_dicom"],
    ["closes at once", { says: "" }, "reset"],
    ["answers nothing", { isSilent: true }, "timeout"],
    ["breaks off", { aborts: true }, "aborted"],
    ["does not offer it", { refuses: [services.verification] }, "no_service"],
  ] satisfies readonly (readonly [string, DimseBehaviour, string])[])(
    "of an archive that %s fails and says so",
    async (_, behaviour, kind) => {
      const timeoutSeconds = kind === "timeout" ? 1 : 30;
      await expect(poll("echo", behaviour, null, { timeoutSeconds })).rejects.toMatchObject({
        info: { kind },
      });
    },
  );
});

describe("a search for studies", () => {
  test("gives what every match says, in its character set", async () => {
    const { items } = await poll("studies", { matches: () => [aStudy(1), aStudy(2)] });
    expect(items.slice(1)).toMatchObject([
      {
        kind: "study",
        id: "1.2.3.1",
        accession: { value: "ACC-1" },
        patient: {
          identifiers: [{ value: "P-1", assigningAuthority: "HIS" }],
          names: [
            { family: "Muster", given: "Jörg", script: "alphabetic" },
            { family: "山田", given: "太郎", script: "ideographic" },
          ],
        },
      },
      { kind: "study", id: "1.2.3.2" },
    ]);
  });

  test("hands on what changed since the last, and nothing else", async () => {
    const { cursor } = await poll("studies", { matches: () => [aStudy(1), aStudy(2)] });
    const earlier = { ...JSON.parse(JSON.stringify(cursor)), searchedAtMs: 0 };
    const grown = aStudy(2, { NumberOfStudyRelatedInstances: "9" });
    const { items } = await poll("studies", { matches: () => [aStudy(1), grown, aStudy(3)] }, earlier);
    expect(items.flatMap((item) => (item.kind === "study" ? item.id : []))).toEqual(["1.2.3.2", "1.2.3.3"]);
  });

  test("is not made where it is switched off", async () => {
    const { items } = await poll("studies", { matches: () => [aStudy(1)] }, null, { studies: "no" });
    expect(items).toEqual([]);
  });

  test("that the archive fails is no empty result", async () => {
    await expect(poll("studies", { status: 0xa700 })).rejects.toMatchObject({
      info: { kind: "failed_status", status: 0xa700 },
    });
  });

  test("is cancelled where it finds more than is read", async () => {
    const tiny = { StudyDescription: "" };
    const matches = Array.from({ length: 5_050 }, (_, i) => aStudy(i, tiny));
    const { items, stub } = await poll("studies", { matches: () => matches }, null, { timeoutSeconds: 60 });
    expect(items.filter(({ kind }) => kind === "study")).toHaveLength(5_000);
    await expect.poll(() => stub.cancelled()).toBe(1);
  });
});

describe("a search of the worklist", () => {
  const entry: Wanted = {
    StudyInstanceUID: "1.2.3",
    AccessionNumber: "ACC-1",
    ScheduledProcedureStepSequence: [
      {
        Modality: "MR",
        ScheduledStationAETitle: "MR01",
        ScheduledProcedureStepStartDate: "20260310",
        ScheduledProcedureStepStartTime: "1015",
        ScheduledProcedureStepID: "S1",
        ScheduledProcedureStepStatus: "ARRIVED",
      },
      { ScheduledProcedureStepID: "S2" },
    ],
  };

  test("gives each scheduled step, at the instant of the archive's zone", async () => {
    const changed = { worklist: "yes", timeZone: "Europe/Berlin" };
    const { items } = await poll("worklist", { matches: () => [entry] }, null, changed);
    expect(items.slice(1)).toMatchObject([
      {
        kind: "worklist",
        id: "1.2.3/S1",
        status: "arrived",
        stationAeTitle: "MR01",
        scheduledAt: new Date("2026-03-10T09:15:00Z"),
      },
      { kind: "worklist", id: "1.2.3/S2" },
    ]);
  });
});

describe("the test of a connection", () => {
  test("says what was found", async () => {
    const { port } = await startDimseStub({ matches: () => [aStudy(1)] });
    const report = await dimse.probe?.(configOf(port), io);
    expect(report).toMatchObject({
      ok: true,
      diagnosis: `PACS at 127.0.0.1:${port} answers. It has 1 study of these days.`,
    });
  });

  test.each([
    ["10.0.0.1:8080", false],
    ["169.254.169.254", false],
    ["::ffff:169.254.169.254", false],
    ["pacs.example.org", true],
    ["10.0.0.1", true],
  ])("is made to the host %s only where it can be one", (host, isOne) => {
    expect(dimse.config.safeParse({ host, calledAe: "PACS" }).success).toBe(isOne);
  });

  test("goes to no name that leads to this machine without saying so", async () => {
    const config = { ...configOf(9), host: "169.254.169.254" };
    const report = await dimse.probe?.(config, io);
    expect(report).toMatchObject({ ok: false });
    expect(report?.diagnosis).toContain("an address that no archive has");
  });
});
