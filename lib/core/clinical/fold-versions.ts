import type { ClinicalFact } from "./schema";

/** One observation of one object of one source. */
export type Version = {
  readonly seq: number;
  /** Empty where it came by no message. */
  readonly controlId: string;
  /** Equal for observations that say the same of the object, whenever they were made. */
  readonly digest: string;
  readonly fact: ClinicalFact;
};

/** created: of an object not known before. stale: a newer observation is known, so only its history grew. */
export type VersionVerdict = "created" | "updated" | "stale" | "duplicate" | "conflict";

export type FoldedVersions = {
  /** One for each given version, in the order given. */
  readonly verdicts: readonly VersionVerdict[];
  readonly added: readonly Version[];
  /** All that count, oldest first. */
  readonly all: readonly Version[];
};

/**
 * Puts observations of one object among those that are known. The same message again is a duplicate, and so is one that
 * says what the observation before it said; the same message with another content is a conflict.
 */
export function foldVersions(known: readonly Version[], given: readonly Version[]): FoldedVersions {
  const all = known.toSorted(inOrder);
  const added: Version[] = [];
  const verdicts = given.map((version): VersionVerdict => {
    const next = all.findIndex((one) => inOrder(one, version) >= 0);
    const at = next === -1 ? all.length : next;
    const same = all[at];
    if (same !== undefined && inOrder(same, version) === 0) {
      return same.digest === version.digest ? "duplicate" : "conflict";
    }
    if (all[at - 1]?.digest === version.digest) return "duplicate";
    const verdict = all.length === 0 ? "created" : at === all.length ? "updated" : "stale";
    all.splice(at, 0, version);
    added.push(version);
    return verdict;
  });
  return { verdicts, added, all };
}

/**
 * What the source says of the object by now. A study or a worklist entry is told whole each time; of everything else a
 * message may speak of a part, and what it leaves out stays as it was.
 */
export function currentFact<Fact extends ClinicalFact>(
  oldestFirst: readonly [Fact, ...(readonly Fact[])],
): Fact {
  const newest = oldestFirst[oldestFirst.length - 1] ?? oldestFirst[0];
  if (newest.kind === "study" || newest.kind === "worklist") return newest;
  return oldestFirst.reduce((before, fact) => merged(before, fact));
}

function merged<Fact extends ClinicalFact>(before: Fact, fact: Fact): Fact {
  if (before.kind === "patient" || fact.kind === "patient") return { ...before, ...fact };
  const patient = { ...before.patient, ...fact.patient };
  return { ...before, ...fact, ...(Object.keys(patient).length === 0 ? {} : { patient }) };
}

function inOrder(a: Version, b: Version): number {
  if (a.seq !== b.seq) return a.seq - b.seq;
  return a.controlId < b.controlId ? -1 : a.controlId > b.controlId ? 1 : 0;
}
