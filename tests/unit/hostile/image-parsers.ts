import { dicomweb } from "@/lib/connectors/dicomweb/index";
import { files } from "@/lib/connectors/files/index";
import { parseMapping } from "@/lib/connectors/files/mapping";
import { readMetrics } from "@/lib/connectors/orthanc/prometheus";
import { AppError } from "@/lib/core/errors";
import { parseDate, parseTime } from "@/lib/core/formats/dicom/date-time";
import { studyFact, worklistFacts } from "@/lib/core/formats/dicom/facts";
import { parsePersonName } from "@/lib/core/formats/dicom/person-name";
import { procedureStepFact } from "@/lib/core/formats/dicom/procedure-step";
import { readDatasetBytes } from "@/lib/core/formats/dicom/read-dataset";
import { readDicomJson } from "@/lib/core/formats/dicom-json/read";
import { readAssociateAccept, readAssociateRequest } from "@/lib/core/formats/dimse/association";
import { readCommand } from "@/lib/core/formats/dimse/command";
import { createMessageReader } from "@/lib/core/formats/dimse/messages";
import { createPduReader } from "@/lib/core/formats/dimse/pdu";
import { splitRecords } from "@/lib/core/formats/records/split";
import { parseTimeText } from "@/lib/core/formats/records/time-text";

const place = { timeZone: "Europe/Berlin" };
const at = new Date("2026-03-10T12:00:00Z");

/** What reads archives, modalities and files of other systems. */
export const imageParsers: Readonly<Record<string, (text: string) => unknown>> = {
  "DICOM JSON": (text) => {
    for (const dataset of readDicomJson(text) ?? []) {
      studyFact(dataset, { place, at });
      worklistFacts(dataset, { place, at });
      procedureStepFact(dataset, { instanceUid: "1.2.3", place, receivedAt: at });
    }
    // The same text as every value of a study.
    const values = ["00080020", "00080050", "00100010", "00100020", "0020000D", "00201208"];
    const study = Object.fromEntries(values.map((tag) => [tag, { vr: "LO", Value: [text] }]));
    dicomweb.normalise(
      { kind: "studies", readAtMs: 0, datasets: [study] },
      dicomweb.config.parse({ url: "https://pacs.example.org" }),
    );
    for (const parse of [parseDate, parseTime, parsePersonName]) parse(text);
  },
  "DICOM network": (text) => {
    const bytes = Buffer.from(text, "latin1");
    const fixed = Buffer.concat([Buffer.alloc(68), bytes]);
    const readers: readonly (() => unknown)[] = [
      () => createPduReader().feed(bytes),
      () => createMessageReader({ maxBytes: 8 * 1024 ** 2 }).feed(bytes),
      () => readCommand(bytes),
      () => readAssociateRequest(fixed),
      () => readAssociateAccept(fixed),
      () => readDatasetBytes(bytes, "implicit"),
      () => readDatasetBytes(bytes, "explicit"),
    ];
    for (const read of readers) survived(read);
  },
  "archive metrics": readMetrics,
  "files of records": (text) => {
    const how = { hasQuotes: true, maxBytes: 262_144, maxRecords: 100_000 };
    splitRecords(Buffer.from(text), { ...how, encoding: "utf-8" });
    const { records } = splitRecords(Buffer.from(text, "utf16le"), { ...how, encoding: "utf-16le" });
    const folder = { folder: "/srv/exports", mapping: "receivedAt = a\noutcome = b" };
    for (const format of ["csv", "ndjson", "lines"]) {
      const config = files.config.parse({ ...folder, format, template: "{a} {b}|{c}" });
      const page = { kind: "records", readAtMs: 0, retainFromMs: 0, columns: ["a", "b"], records: [text] };
      files.normalise(page, config);
      files.normalise({ ...page, records: records.slice(0, 1_000) }, config);
    }
    parseTimeText(text, { order: "day first", zone: "Europe/Berlin" });
    parseMapping(text.slice(0, 8_000));
  },
};

/** A refusal is an answer; anything else that is thrown is a fault. */
function survived(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
