import { currentFact } from "../clinical/fold-versions";
import type { ExamFact } from "../clinical/schema";

/** What one source said about one object of an exam: its observations, oldest first. */
export type ObjectHistory<Fact extends ExamFact = ExamFact> = {
  readonly sourceId: number;
  readonly facts: readonly [Fact, ...(readonly Fact[])];
};

/** What can stand on the timeline of an exam, in the order of happenings of one instant. */
export const eventKinds = [
  "ordered",
  "onWorklist",
  "arrived",
  "cancelled",
  "started",
  "discontinued",
  "firstImage",
  "acquired",
  "available",
  "preliminary",
  "reported",
  "corrected",
  "addendum",
  "reportCancelled",
  "criticalFound",
  "criticalTold",
  "acknowledged",
] as const;
export type EventKind = (typeof eventKinds)[number];

export type JourneyEvent = {
  readonly kind: EventKind;
  readonly at: Date;
  readonly sourceId: number;
  /** Which kind of object says so. */
  readonly saidBy: ExamFact["kind"];
  readonly controlId: string | undefined;
};

/** All that happened, by the sources' own clocks, in time order. */
export function eventsOf(histories: readonly ObjectHistory[]): readonly JourneyEvent[] {
  return histories
    .flatMap((history) =>
      happenings(history.facts).map(({ kind, at, controlId }) => ({
        kind,
        at,
        controlId,
        sourceId: history.sourceId,
        saidBy: history.facts[0].kind,
      })),
    )
    .sort(
      (a, b) =>
        a.at.getTime() - b.at.getTime() ||
        eventKinds.indexOf(a.kind) - eventKinds.indexOf(b.kind) ||
        a.sourceId - b.sourceId,
    );
}

type Happening = Pick<JourneyEvent, "kind" | "at" | "controlId">;
type Facts<Fact> = readonly [Fact, ...(readonly Fact[])];
type FactOf<Kind extends ExamFact["kind"]> = Extract<ExamFact, { kind: Kind }>;

function happenings(facts: Facts<ExamFact>): readonly Happening[] {
  switch (facts[0].kind) {
    case "order":
      return ofOrder(allOf("order", facts));
    case "worklist":
      return ofWorklist(allOf("worklist", facts));
    case "procedureStep":
      return ofStep(allOf("procedureStep", facts));
    case "study":
      return ofStudy(allOf("study", facts));
    case "report":
      return ofReport(allOf("report", facts));
  }
}

function ofOrder(facts: readonly FactOf<"order">[]): readonly Happening[] {
  const [first] = facts;
  const current = now(facts);
  if (first === undefined || current === undefined) return [];
  return [
    { kind: "ordered", at: current.orderedAt ?? first.at, controlId: first.controlId },
    ...once("arrived", facts, ({ status }) => status === "arrived"),
    ...(isOff(current.status) ? once("cancelled", facts, ({ status }) => isOff(status)) : []),
  ];
}

function ofWorklist(facts: readonly FactOf<"worklist">[]): readonly Happening[] {
  return [
    ...once("onWorklist", facts, () => true),
    ...once("arrived", facts, ({ status }) => status === "arrived"),
    ...(isOff(now(facts)?.status) ? once("cancelled", facts, ({ status }) => isOff(status)) : []),
  ];
}

function ofStep(facts: readonly FactOf<"procedureStep">[]): readonly Happening[] {
  const { startedAt, endedAt } = now(facts) ?? {};
  const started: readonly Happening[] =
    startedAt === undefined
      ? once("started", facts, ({ status }) => status === "inProgress")
      : [{ kind: "started", at: startedAt, controlId: undefined }];
  const ended = (kind: EventKind, asSaid: readonly Happening[]): readonly Happening[] =>
    asSaid.slice(0, 1).map((said) => ({ ...said, kind, at: endedAt ?? said.at }));
  return [
    ...started,
    ...ended(
      "acquired",
      once("acquired", facts, ({ status }) => status === "completed"),
    ),
    ...ended(
      "discontinued",
      once("discontinued", facts, ({ status }) => status === "discontinued"),
    ),
  ];
}

function ofStudy(facts: readonly FactOf<"study">[]): readonly Happening[] {
  const [first] = facts;
  const current = now(facts);
  if (first === undefined || current === undefined) return [];
  const { firstImageAt, lastImageAt, availableAt } = current;
  return [
    { kind: "firstImage", at: firstImageAt ?? first.at, controlId: first.controlId },
    ...(lastImageAt === undefined
      ? []
      : [{ kind: "acquired", at: lastImageAt, controlId: undefined } as const]),
    ...(availableAt === undefined
      ? settled(facts)
      : [{ kind: "available", at: availableAt, controlId: undefined } as const]),
  ];
}

/** An archive that never says whether a study is stable, as by QIDO-RS or C-FIND, has it since it counted the last image. */
function settled(facts: readonly FactOf<"study">[]): readonly Happening[] {
  if (facts.some(({ isStable }) => isStable !== undefined)) {
    return once("available", facts, ({ isStable }) => isStable === true);
  }
  const last = facts.findLast(({ imageCount }, i) => imageCount !== facts[i - 1]?.imageCount);
  return last?.imageCount ? [{ kind: "available", at: last.at, controlId: last.controlId }] : [];
}

function ofReport(facts: readonly FactOf<"report">[]): readonly Happening[] {
  const { criticalCommunicatedAt, criticalAcknowledgedAt } = now(facts) ?? {};
  const changes = facts.flatMap(({ status, at, controlId }, i): readonly Happening[] =>
    status === facts[i - 1]?.status ? [] : [{ kind: reportEvents[status], at, controlId }],
  );
  return [
    ...changes,
    ...once("criticalFound", facts, ({ isCritical }) => isCritical === true),
    ...at("criticalTold", criticalCommunicatedAt),
    ...at("acknowledged", criticalAcknowledgedAt),
  ];
}

const reportEvents: Readonly<Record<FactOf<"report">["status"], EventKind>> = {
  preliminary: "preliminary",
  final: "reported",
  corrected: "corrected",
  addendum: "addendum",
  cancelled: "reportCancelled",
};

function at(kind: EventKind, instant: Date | undefined): readonly Happening[] {
  return instant === undefined ? [] : [{ kind, at: instant, controlId: undefined }];
}

function once<Fact extends ExamFact>(
  kind: EventKind,
  facts: readonly Fact[],
  says: (fact: Fact) => boolean,
): readonly Happening[] {
  const first = facts.find(says);
  return first === undefined ? [] : [{ kind, at: first.at, controlId: first.controlId }];
}

function now<Fact extends ExamFact>([first, ...rest]: readonly Fact[]): Fact | undefined {
  return first && currentFact([first, ...rest]);
}

function isOff(status: string | undefined): boolean {
  return status === "cancelled" || status === "discontinued";
}

function allOf<Kind extends ExamFact["kind"]>(
  kind: Kind,
  facts: readonly ExamFact[],
): readonly FactOf<Kind>[] {
  return facts.filter((fact): fact is FactOf<Kind> => fact.kind === kind);
}
