import { describe, expect, test } from "vitest";
import { clinicalFactSchema, type ExamFact } from "@/lib/core/clinical/schema";
import { groupBy } from "@/lib/core/group-by";
import { journeyOf } from "@/lib/core/journey/journey";
import type { SourceOfKind } from "@/lib/demo/demo-sources";
import { examMessages } from "@/lib/demo/exams/exam-messages";
import { pastExams } from "@/lib/demo/history/past-exams";
import { createHospital } from "@/lib/demo/hospital/hospital";
import { demoSources } from "@/lib/services/demo/demo-sources";

const startedAt = new Date("2026-03-10T09:00:00Z");
const untilMs = startedAt.getTime();
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const given = [...demoSources({ firstPort: 20_000, now: startedAt }), { kind: "push", config: {} }];
const source = (kind: string) => {
  const id = given.findIndex((one) => one.kind === kind);
  return { id, kind, config: given[id]?.config, port: 0, pausedAt: null };
};
const sources: SourceOfKind = {
  mirth: source("mirth"),
  push: source("push"),
  "hl7-mllp": source("hl7-mllp"),
  "atna-syslog": source("atna-syslog"),
  dicomweb: source("dicomweb"),
  dimse: source("dimse"),
  mpps: source("mpps"),
};

function hospitalAt(startMs: number) {
  return createHospital({ seed: 7, startedAt: new Date(startMs), zone: "Europe/Berlin" });
}

/** What each source said of every exam in the days before a demo that began then. */
function toldBefore(startMs: number) {
  return pastExams(hospitalAt(startMs), sources).flatMap(({ sourceId, items }) =>
    items.flatMap((item) => (isExamFact(item) ? [{ sourceId, fact: item }] : [])),
  );
}

function isExamFact(item: { readonly kind: string }): item is ExamFact {
  return ["order", "worklist", "procedureStep", "study", "report"].includes(item.kind);
}

type Said = ReturnType<typeof toldBefore>[number];

const objectOf = ({ sourceId, fact }: Said) => `${sourceId} ${fact.kind} ${fact.id}`;

/** By accession; of what is said later of an object, which need not repeat it, by what was said first. */
function byExam(said: readonly Said[]) {
  const first = new Map(said.toReversed().map((one) => [objectOf(one), one.fact.accession?.value ?? ""]));
  return [...groupBy(said, (one) => first.get(objectOf(one)) ?? "").values()];
}

function journeyFrom(said: readonly Said[]) {
  const objects = groupBy(said, objectOf);
  return journeyOf(
    [...objects.values()].flatMap(([first, ...rest]) =>
      first === undefined
        ? []
        : [{ sourceId: first.sourceId, facts: [first.fact, ...rest.map(({ fact }) => fact)] as const }],
    ),
  );
}

describe("exams of the demo hospital", () => {
  test("are told the same in one go and bit by bit", () => {
    const told = (fromHours: number, toHours: number) =>
      examMessages(hospitalAt(untilMs), {
        afterMs: untilMs + fromHours * hourMs,
        untilMs: untilMs + toHours * hourMs,
      });
    const bits = Array.from({ length: 8 }, (_, i) => told(-48 + i * 6, -42 + i * 6)).flat();
    expect(bits).toEqual(told(-48, 0));
  });

  test("are told by every source in its own protocol, none of the future", () => {
    const past = pastExams(hospitalAt(untilMs), sources);
    const kinds = past.map(({ sourceId, items }) => [
      given[sourceId]?.kind,
      [...new Set(items.map(({ kind }) => kind))].sort(),
    ]);
    expect(kinds).toEqual([
      ["push", ["order", "report"]],
      ["hl7-mllp", ["order", "patient", "report"]],
      ["dimse", ["worklist"]],
      ["mpps", ["procedureStep"]],
      ["dicomweb", ["study"]],
      ["atna-syslog", ["audit"]],
    ]);
    for (const { fact } of toldBefore(untilMs)) {
      expect(clinicalFactSchema.safeParse(JSON.parse(JSON.stringify(fact))).success).toBe(true);
      expect(fact.at.getTime()).toBeLessThanOrEqual(untilMs);
    }
  });

  test("go well for most, and are stalled on every kind of leg for some", () => {
    const journeys = Array.from({ length: 10 }, (_, i) => untilMs - i * 4 * dayMs).flatMap((startMs) =>
      byExam(toldBefore(startMs)).map((said) => ({ startMs, ...journeyFrom(said) })),
    );
    const stalled = journeys.flatMap(({ waiting, startMs }) =>
      waiting && waiting.dueAt.getTime() < startMs ? [waiting.leg] : [],
    );
    expect(stalled.length).toBeLessThan(journeys.length / 4);
    expect(new Set(stalled)).toEqual(
      new Set(["toWorklist", "toStart", "toArchive", "toReport", "toAcknowledge"]),
    );
  }, 60_000);

  test("bear another patient's name in the archive for some, and the right one for most", () => {
    const mrn = (said: readonly Said[], kind: ExamFact["kind"]) =>
      said.find(({ fact }) => fact.kind === kind)?.fact.patient?.identifiers?.[0]?.value;
    const imaged = byExam(toldBefore(untilMs)).filter((said) => mrn(said, "study") !== undefined);
    const wrong = imaged.filter((said) => mrn(said, "study") !== mrn(said, "order"));
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.length).toBeLessThan(imaged.length / 10);
  });
});
