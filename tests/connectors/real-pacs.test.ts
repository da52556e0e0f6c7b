import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

/**
 * A real Orthanc with its DICOMweb and worklist plug-ins, and dcmtk's worklist server, read by the connectors. Orthanc 1.10
 * listens on every interface whatever it is told, so all of it runs in a network of its own, as root on Linux.
 */
const isPossible =
  canRun("Orthanc --version && test -e /usr/share/orthanc/plugins/libOrthancDicomWeb.so") &&
  canRun("storescu --version && wlmscpfs --version && unshare -n ip link set lo up");

function canRun(command: string): boolean {
  try {
    execFileSync("sh", ["-c", command], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

type Seen = { readonly items: readonly Record<string, unknown>[]; readonly rejects: readonly unknown[] };
type Polled = { readonly rounds: readonly [Seen, Seen]; readonly probe: { readonly diagnosis: string } };

type AllSeen = Readonly<
  Record<"orthanc" | "dicomweb" | "dimse" | "worklist", Polled> &
    Record<"wrongPort" | "wrongTitle" | "noSearch", { readonly diagnosis: string }>
> & { readonly startedAt: number };

async function readAll(): Promise<AllSeen> {
  const args = ["-n", process.execPath, "--import", "tsx", "tests/support/run-pacs.ts"];
  const { stdout } = await promisify(execFile)("unshare", args, { maxBuffer: 16 * 1024 ** 2 });
  return JSON.parse(stdout);
}

const aPatient = {
  identifiers: [{ value: "P-0001", assigningAuthority: "HIS" }],
  names: [{ family: "Muster", given: "Jörg", script: "alphabetic" }],
  birthDate: "1970-01-02",
  sex: "M",
};
const aStudy = {
  kind: "study",
  id: "1.2.826.0.1.3680043.9.1",
  accession: { value: "ACC-0001" },
  patient: aPatient,
  modalities: ["CT"],
  description: "CT Abdomen",
  seriesCount: 1,
  imageCount: 1,
};
const aStep = {
  kind: "worklist",
  id: "1.2.826.0.1.3680043.9.2/SPS-2",
  accession: { value: "ACC-0002" },
  modality: "MR",
  stationAeTitle: "MR01",
  procedure: { text: "MR Knee left" },
};

function factsOf({ items }: Seen) {
  return items.filter(({ kind }) => kind === "study" || kind === "worklist");
}

describe.runIf(isPossible)("a real archive", () => {
  test("is read the same by each of its three doors, once", { timeout: 240_000 }, async () => {
    const seen = await readAll();
    const { orthanc, dicomweb, dimse, worklist } = seen;
    expect(factsOf(orthanc.rounds[0])).toMatchObject([{ ...aStudy, isStable: true }]);
    expect(factsOf(dicomweb.rounds[0])).toMatchObject([aStudy]);
    expect(factsOf(dimse.rounds[0])).toMatchObject([aStudy, aStep]);
    expect(factsOf(worklist.rounds[0])).toMatchObject([aStep]);
    for (const { rounds } of [orthanc, dicomweb, dimse, worklist]) {
      expect(factsOf(rounds[1])).toEqual([]);
      expect([...rounds[0].rejects, ...rounds[1].rejects]).toEqual([]);
    }
    // The server ran in another zone than this test: its instants are UTC all the same.
    const [study] = factsOf(orthanc.rounds[0]);
    expect(Math.abs(Date.parse(String(study?.["lastImageAt"])) - seen.startedAt)).toBeLessThan(200_000);
    const step = factsOf(worklist.rounds[0])[0];
    expect(String(step?.["scheduledAt"])).toMatch(/T0[89]:15:00\.000Z$/);
    expect(orthanc.rounds[0].items).toContainEqual(
      expect.objectContaining({ kind: "audit", name: "Job DicomModalityStore", outcome: "failure" }),
    );
    expect(orthanc.probe.diagnosis).toContain("with 1 study");
    expect(dimse.probe.diagnosis).toContain("It has 1 study of these days. It has 1 scheduled entry");
    expect(seen.wrongPort.diagnosis).toContain("does not speak DICOM");
    expect(seen.wrongTitle.diagnosis).toContain("does not go by the AE title NOBODY");
    expect(seen.noSearch.diagnosis).toContain("none of the searches");
  });
});
