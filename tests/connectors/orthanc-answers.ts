import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Answers } from "@/tests/connectors/pacs-stub";

export const STUDY_ID = "17e34f68-1dd247c4-f857f003-d4829cb4-14f1720c";

const samples = fileURLToPath(new URL("../../lib/connectors/orthanc/samples/", import.meta.url));

/** What an Orthanc with one study and one failed job answers, as it was recorded. */
export function orthancAnswers(): Answers {
  const { studies } = z
    .object({ studies: z.array(z.object({ study: z.json(), statistics: z.json(), series: z.json() })) })
    .parse(readSample("studies.wire.json"));
  const { jobs } = z.object({ jobs: z.array(z.json()) }).parse(readSample("jobs.wire.json"));
  const change = (seq: number, type: string, date: string) => ({
    ChangeType: type,
    Date: date,
    ID: type.endsWith("Study") ? STUDY_ID : "c37c18fc-aa976232-5dd40515-e02bec09-708b9dd8",
    Path: "/",
    ResourceType: type.endsWith("Study") ? "Study" : "Series",
    Seq: seq,
  });
  const changes = [
    change(2, "NewSeries", "20260310T083100"),
    change(3, "NewStudy", "20260310T083100"),
    change(6, "StableStudy", "20260310T083412"),
    change(7, "StablePatient", "20260310T083412"),
  ];
  return {
    "/system": { ApiVersion: 16, DicomAet: "PACS", Name: "PACS", Version: "1.10.1" },
    "/statistics": {
      CountInstances: 2,
      CountPatients: 1,
      CountSeries: 1,
      CountStudies: 1,
      TotalDiskSize: "1344",
    },
    "/tools/now": "20260310T120000",
    "/tools/metrics-prometheus": readFileSync(path.join(samples, "metrics.txt"), "utf8"),
    "/jobs": jobs.slice(0, 1),
    "/changes?last": { Changes: changes.slice(-1), Done: true, Last: 7 },
    "/changes?since=7&limit=200": { Changes: [], Done: true, Last: 7 },
    "/changes": { Changes: changes, Done: true, Last: 7 },
    [`/studies/${STUDY_ID}`]: studies[0]?.study,
    [`/studies/${STUDY_ID}/statistics`]: studies[0]?.statistics,
    [`/studies/${STUDY_ID}/series`]: studies[0]?.series,
  };
}

function readSample(name: string): unknown {
  return JSON.parse(readFileSync(path.join(samples, name), "utf8"));
}
