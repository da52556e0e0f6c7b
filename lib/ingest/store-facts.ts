import { contentDigest } from "@/lib/core/clinical/content-digest";
import { type NamedNumber, numbersOf } from "@/lib/core/clinical/exam-numbers";
import {
  currentFact,
  type FoldedVersions,
  foldVersions,
  type Version,
} from "@/lib/core/clinical/fold-versions";
import type { ClinicalFact } from "@/lib/core/clinical/schema";
import { joinParts } from "@/lib/core/message/digest";
import { isStorableJson } from "@/lib/core/message/storable-text";
import { MAX_CLOCK_AHEAD_MS } from "@/lib/core/metric/retention";
import { namedRef, patientRef } from "@/lib/crypto/keyed-hash";
import { printFact } from "@/lib/db/clinical-body";
import {
  type FactNow,
  type FactRefs,
  insertFacts,
  insertVersions,
  type KnownObject,
  keepIssuers,
  lockObjects,
  noteConfirmed,
  updateFacts,
} from "@/lib/db/clinical-facts";
import { enterWriters } from "@/lib/db/clinical-locks";
import { inPoolTransaction } from "@/lib/db/pool-transaction";
import { withRetry } from "@/lib/db/with-retry";
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
  const { seen, now } = ask;
  const verdicts: IndexedVerdict[] = [];
  const groups = new Map<string, Group>();
  for (const { index, item } of seen) {
    const refusal = refuse(item, now);
    if (refusal === undefined) gather(groups, { index, item });
    else verdicts.push({ index, verdict: refusal });
  }
  if (groups.size === 0) return verdicts;
  const stored = await withRetry((attempt) =>
    inPoolTransaction(async (client) => {
      await enterWriters(client, attempt > 1);
      return storeGroups(client, { ...ask, groups });
    }),
  );
  return [...verdicts, ...stored];
}

type Client = Parameters<Parameters<typeof inPoolTransaction>[0]>[0];

async function storeGroups(
  client: Client,
  ask: { readonly sourceId: number; readonly groups: ReadonlyMap<string, Group>; readonly now: Date },
): Promise<readonly IndexedVerdict[]> {
  const { sourceId, now } = ask;
  const groups = [...ask.groups.values()];
  const objects = await lockObjects(client, { sourceId, keys: groups });
  const folded = objects.map((object, i) => {
    const { versions, seen: given } = groups[i] ?? { versions: [], seen: [] };
    return { object, given, ...foldVersions(object.known, versions) };
  });
  const touched = folded.filter(({ added }) => added.length > 0);
  const { ids, refs } = await writeFacts(client, { sourceId, touched, now });
  await noteConfirmed(
    client,
    folded.flatMap(({ object, confirmed }) => {
      const factId = object.factId ?? ids.get(object);
      return confirmed === object.known.confirmed || factId === undefined ? [] : [{ factId, confirmed }];
    }),
  );
  const versions = folded.flatMap(({ object, all }) => {
    const factId = object.factId ?? ids.get(object);
    return factId === undefined ? [] : [[factId, all] as const];
  });
  await followExams(client, { refs, versions: new Map(versions), now });
  return folded.flatMap(({ given, verdicts: said }) =>
    said.map((verdict, i) => verdictOf(verdict, given[i])),
  );
}

type Folded = FoldedVersions & { readonly object: KnownObject };

/** Adds and changes objects, and answers with the ids of the new and with all references of before and now. */
async function writeFacts(
  client: Client,
  ask: { readonly sourceId: number; readonly touched: readonly Folded[]; readonly now: Date },
): Promise<{ readonly ids: ReadonlyMap<KnownObject, string>; readonly refs: readonly FactRefs[] }> {
  const { sourceId, touched, now } = ask;
  const states = touched.flatMap(({ object, all }) => factNow(all).map((state) => ({ object, ...state })));
  const fresh = states.filter(({ object }) => object.factId === undefined);
  const inserted = await insertFacts(client, {
    sourceId,
    facts: fresh.map(({ object, ...state }) => ({ kind: object.kind, ref: object.ref, ...state })),
    now,
  });
  const ids = new Map(fresh.map(({ object }, i) => [object, inserted[i] ?? ""]));
  await updateFacts(
    client,
    states.flatMap(({ object: { factId }, ...state }) =>
      factId === undefined ? [] : [{ factId, ...state }],
    ),
    now,
  );
  await insertVersions(
    client,
    touched.flatMap(({ object, added }) =>
      added.map((version) => ({ factId: object.factId ?? ids.get(object) ?? "", version })),
    ),
    now,
  );
  await keepIssuers(client, states.flatMap(issuersOf));
  const before = touched.flatMap(({ object }) => factNow(object.known.all));
  return { ids, refs: [...before, ...states].map(({ refs }) => refs) };
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
  const { at, observedSeq, controlId } = fact;
  return {
    seq: observedSeq ?? Math.max(at.getTime(), 0),
    controlId: controlId ?? "",
    digest: contentDigest(fact),
    fact,
  };
}

/** What a history comes to; nothing where it is empty. */
function factNow(history: readonly Version[]): readonly FactNow[] {
  const [first, ...rest] = history.map(({ fact }) => fact);
  const newest = history.at(-1);
  if (first === undefined || newest === undefined) return [];
  const current = currentFact([first, ...rest]);
  return [{ seq: newest.seq, current, refs: refsOf(current) }];
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

function issuersOf({ current }: FactNow) {
  const { accession, patients } = numbersOf(current);
  return [
    ...(accession === undefined || accession.namespace === ""
      ? []
      : [{ what: "accession" as const, name: accession.namespace }]),
    ...patients.map(({ assigningAuthority }) => ({ what: "patient" as const, name: assigningAuthority })),
  ];
}

function refuse(fact: ClinicalFact, now: Date): Verdict | undefined {
  if (fact.at.getTime() > now.getTime() + MAX_CLOCK_AHEAD_MS) return tooNew;
  if (!isStorableJson(printFact(fact))) {
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
