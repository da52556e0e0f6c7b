import { findConnector } from "@/lib/connectors/registry";
import { readDatasetBytes } from "@/lib/core/formats/dicom/read-dataset";
import { type Wanted, writeDataset } from "@/lib/core/formats/dicom/write-dataset";
import { modelOf } from "@/lib/core/formats/dicom-json/write";
import type { Item } from "@/lib/core/message/schema";
import type { DemoSource } from "@/lib/db/demo";
import type { SourceOfKind } from "../demo-sources";
import { messageText } from "../engine/message-text";
import { auditMessages } from "../exams/audit-messages";
import { entriesMade, stepsTold, studiesArchived } from "../exams/exam-datasets";
import { examMessages } from "../exams/exam-messages";
import { channelSpecOf } from "../hospital/channel-specs";
import { type Hospital, hospitalInterfaces } from "../hospital/hospital";
import { examItems } from "../live/exam-items";
import { dicomJson } from "../pacs/serve-studies";

/** How many days of exams are there when a demo begins: enough for a weekend before. */
const pastMs = 4 * 86_400_000;

/** What sources said, as the connector would have understood it. */
export type PastOf = { readonly sourceId: number; readonly items: readonly Item[] };

/**
 * What was told of exams, and who looked at them, in the days before the demo began, as the protocols would have brought it.
 * That messages came is not among it: the port was opened when the demo began.
 */
export function pastExams(hospital: Hospital, sources: SourceOfKind): readonly PastOf[] {
  const untilMs = hospital.startedAt.getTime();
  // Whole exams: one whose order is not told would look as if it had none.
  const span = { afterMs: 0, untilMs, plannedFromMs: untilMs - pastMs };
  const messages = examMessages(hospital, span).map(({ atMs, interface: id, facts }) => {
    const feed = hospitalInterfaces.find(({ externalId }) => externalId === id);
    const text = feed === undefined ? "" : messageText(channelSpecOf(feed), facts);
    return { kind: "message", text, sizeBytes: Buffer.byteLength(text), receivedAt: isoOf(atMs) };
  });
  const steps = stepsTold(hospital, span).map(({ atMs, act, instanceUid, dataset }) => ({
    kind: "step",
    act,
    instanceUid,
    receivedAt: isoOf(atMs),
    dataset: sentModel(dataset),
  }));
  const entries = entriesMade(hospital, span).map(({ atMs, dataset }) => ({
    kind: "worklist",
    readAtMs: atMs,
    datasets: [sentModel(dataset)],
  }));
  const studies = studiesArchived(hospital, span).map(({ atMs, dataset }) => ({
    kind: "studies",
    readAtMs: atMs,
    datasets: [dicomJson(dataset)],
  }));
  const audit = auditMessages(hospital, span).map(({ atMs, text }) => ({
    kind: "message",
    receivedAt: isoOf(atMs),
    peer: "127.0.0.1",
    text,
  }));
  return [
    { sourceId: sources.push.id, items: examItems(hospital, span) },
    understood(sources["hl7-mllp"], messages),
    understood(sources.dimse, entries),
    understood(sources.mpps, steps),
    understood(sources.dicomweb, studies),
    understood(sources["atna-syslog"], audit),
  ];
}

function understood({ id, kind, config }: DemoSource, wires: readonly unknown[]): PastOf {
  const connector = findConnector(kind);
  const items = wires.flatMap((wire) => connector?.normalise(wire, config).items ?? []);
  return { sourceId: id, items: items.filter((item) => item.kind !== "delivery") };
}

/** The model of a data set that came over the wire. */
function sentModel(dataset: Wanted): Record<string, unknown> {
  return modelOf(readDatasetBytes(writeDataset(dataset), "implicit"));
}

function isoOf(atMs: number): string {
  return new Date(atMs).toISOString();
}
