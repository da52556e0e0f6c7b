import { canonicalJson } from "@/lib/core/audit/canonical-json";
import { type NamedNumber, numbersOf } from "@/lib/core/clinical/exam-numbers";
import { currentFact, foldVersions, type Version } from "@/lib/core/clinical/fold-versions";
import type { ClinicalFact } from "@/lib/core/clinical/schema";
import { joinParts, quickDigest } from "@/lib/core/message/digest";
import { MAX_CLOCK_AHEAD_MS } from "@/lib/core/metric/retention";
import { namedRef, patientRef } from "@/lib/crypto/keyed-hash";
import {
  type ChangedFact,
  type FactRefs,
  insertVersions,
  keepIssuers,
  lockObjects,
  noteConfirmed,
  updateFacts,
} from "@/lib/db/clinical-facts";
import { inPoolTransaction } from "@/lib/db/pool-transaction";
import { tooNew } from "./accepted-time";
import { followExams } from "./follow-exams";
import { conflictVerdict, type Indexed, type IndexedVerdict, rejected, type Verdict } from "./verdict";

/**
 * Stores observations of patients and exams once each, in any order, and where the exams they belong to then stand, all in
 * one transaction. Every source keeps its own view.
 */
export async function storeFacts(ask: {
  readonly sourceId: number;
  readonly seen: readonly Indexed<ClinicalFact>[];
  readonly now: Date;
}): Promise<readonly IndexedVerdict[]> {
  const { sourceId, seen, now } = ask;
  const verdicts: IndexedVerdict[] = [];
  const groups = new Map<string, Group>();
  for (const { index, item } of seen) {
    const refusal = refuse(item, now);
    if (refusal === undefined) gather(groups, { index, item });
    else verdicts.push({ index, verdict: refusal });
  }
  if (groups.size === 0) return verdicts;
  const stored = await inPoolTransaction(async (client) => {
    const all = [...groups.values()];
    const objects = await lockObjects(client, { sourceId, keys: all, now });
    const folded = objects.map((object, i) => {
      const { versions, seen: given } = all[i] ?? { versions: [], seen: [] };
      return { object, given, ...foldVersions(object.known, versions) };
    });
    await insertVersions(
      client,
      folded.flatMap(({ object, added }) => added.map((version) => ({ factId: object.factId, version }))),
      now,
    );
    const changed = folded.flatMap(({ object, added, all: history }) =>
      added.length === 0 ? [] : changedFact(object.factId, history),
    );
    await updateFacts(client, changed, now);
    await noteConfirmed(
      client,
      folded.flatMap(({ object, confirmed }) =>
        confirmed === object.known.confirmed ? [] : [{ factId: object.factId, confirmed }],
      ),
    );
    await keepIssuers(client, changed.flatMap(issuersOf));
    const before = folded.flatMap(({ object, added }) =>
      added.length === 0 ? [] : changedFact(object.factId, object.known.all),
    );
    await followExams(client, { refs: [...before, ...changed].map(({ refs }) => refs), now });
    return folded.flatMap(({ given, verdicts: said }) =>
      said.map((verdict, i) => verdictOf(verdict, given[i])),
    );
  });
  return [...verdicts, ...stored];
}

type Group = {
  readonly kind: ClinicalFact["kind"];
  readonly ref: Buffer;
  readonly versions: Version[];
  readonly seen: number[];
};

function gather(groups: Map<string, Group>, { index, item }: Indexed<ClinicalFact>): void {
  const key = joinParts([item.kind, item.id]);
  const group = groups.get(key) ?? {
    kind: item.kind,
    ref: namedRef("object", [item.id]),
    versions: [],
    seen: [],
  };
  groups.set(key, group);
  group.versions.push(versionOf(item));
  group.seen.push(index);
}

function versionOf(fact: ClinicalFact): Version {
  const { at, observedSeq, controlId, ...said } = fact;
  return {
    seq: observedSeq ?? Math.max(at.getTime(), 0),
    controlId: controlId ?? "",
    digest: String(quickDigest(canonicalJson(JSON.parse(JSON.stringify(said))))),
    fact,
  };
}

function changedFact(factId: string, history: readonly Version[]): readonly ChangedFact[] {
  const [first, ...rest] = history.map(({ fact }) => fact);
  const newest = history.at(-1);
  if (first === undefined || newest === undefined) return [];
  const current = currentFact([first, ...rest]);
  return [{ factId, seq: newest.seq, current, refs: refsOf(current) }];
}

function refsOf(fact: ClinicalFact): FactRefs {
  const numbers = numbersOf(fact);
  const named = (what: "accession" | "order", { value, namespace }: NamedNumber) =>
    namedRef(what, [namespace, value]);
  return {
    accession: numbers.accession && named("accession", numbers.accession),
    study: numbers.studyInstanceUid === undefined ? undefined : namedRef("study", [numbers.studyInstanceUid]),
    orders: numbers.orders.map((number) => named("order", number)),
    patients: numbers.patients.map((identifier) => patientRef(identifier)),
  };
}

function issuersOf({ current }: ChangedFact) {
  const { accession, patients } = numbersOf(current);
  return [
    ...(accession === undefined || accession.namespace === ""
      ? []
      : [{ what: "accession" as const, name: accession.namespace }]),
    ...patients.map(({ assigningAuthority }) => ({ what: "patient" as const, name: assigningAuthority })),
  ];
}

/** A JSON text that PostgreSQL cannot keep: U+0000, or half of a surrogate pair. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

function refuse(fact: ClinicalFact, now: Date): Verdict | undefined {
  if (fact.at.getTime() > now.getTime() + MAX_CLOCK_AHEAD_MS) return tooNew;
  if (UNSTORABLE.test(JSON.stringify(fact))) {
    return rejected("invalid_item", "A text holds a character that cannot be stored.");
  }
  return undefined;
}

function verdictOf(
  verdict: "created" | "updated" | "stale" | "duplicate" | "conflict",
  index: number | undefined,
): IndexedVerdict {
  return { index: index ?? -1, verdict: verdict === "conflict" ? conflictVerdict : { status: verdict } };
}
