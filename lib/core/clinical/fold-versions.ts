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

/**
 * What is known of one object. Of observations in a row that say the same, the first and the last are kept: while they are
 * the newest, the last is `confirmed` alone, so that reading an unchanged object again adds nothing.
 */
export type KnownVersions = {
  /** Oldest first. */
  readonly all: readonly Version[];
  readonly confirmed: Version | undefined;
};

export type FoldedVersions = KnownVersions & {
  /** One for each given version, in the order given. */
  readonly verdicts: readonly VersionVerdict[];
  readonly added: readonly Version[];
};

/**
 * Puts observations of one object among those that are known. Neither the order of arrival nor repetition makes a
 * difference to what the object came to: of each content the first and the last time it was said are always kept. The same
 * message again is a duplicate, and so is one that says what those before and after it say; the same message with another
 * content is a conflict.
 */
export function foldVersions(known: KnownVersions, given: readonly Version[]): FoldedVersions {
  const all = known.all.toSorted(inOrder);
  const added: Version[] = [];
  let { confirmed } = known;
  const keep = (version: Version) => {
    const next = all.findIndex((one) => inOrder(one, version) > 0);
    all.splice(next === -1 ? all.length : next, 0, version);
    added.push(version);
  };
  const verdicts = given.map((version): VersionVerdict => {
    const same = [...all, ...(confirmed ? [confirmed] : [])].find((one) => inOrder(one, version) === 0);
    if (same !== undefined) return same.digest === version.digest ? "duplicate" : "conflict";
    const before = all.findLast((one) => inOrder(one, version) < 0);
    const after =
      all.find((one) => inOrder(one, version) > 0) ?? (isAfter(confirmed, version) ? confirmed : undefined);
    if (before?.digest === version.digest && (after === undefined || after.digest === version.digest)) {
      if (after === undefined) confirmed = version;
      return "duplicate";
    }
    const verdict = all.length === 0 ? "created" : after === undefined ? "updated" : "stale";
    // Something else came in between or behind: the end of the row is now needed beside its beginning.
    if (confirmed !== undefined && before === all.at(-1)) {
      keep(confirmed);
      confirmed = undefined;
    }
    keep(version);
    return verdict;
  });
  return { verdicts, added, all, confirmed };
}

function isAfter(confirmed: Version | undefined, version: Version): boolean {
  return confirmed !== undefined && inOrder(confirmed, version) > 0;
}

/**
 * What the source says of the object by now. A worklist entry is told whole each time, and so is a study that is not said
 * to be a part; of everything else a message may speak of a part, and what it leaves out stays as it was.
 */
export function currentFact<Fact extends ClinicalFact>(
  oldestFirst: readonly [Fact, ...(readonly Fact[])],
): Fact {
  const newest = oldestFirst[oldestFirst.length - 1] ?? oldestFirst[0];
  if (newest.kind === "worklist") return newest;
  return oldestFirst.reduce((before, fact) => merged(before, fact));
}

function merged<Fact extends ClinicalFact>(before: Fact, fact: Fact): Fact {
  if (before.kind === "study" && fact.kind === "study") {
    return fact.isPart === true ? { ...before, ...fact, ...allSeries(before.series, fact.series) } : fact;
  }
  if (before.kind === "patient" || fact.kind === "patient") return { ...before, ...fact };
  const patient = { ...before.patient, ...fact.patient };
  return { ...before, ...fact, ...(Object.keys(patient).length === 0 ? {} : { patient }) };
}

type Series = Extract<ClinicalFact, { kind: "study" }>["series"];

const MAX_SERIES = 2_000;

/** The series of both, each as it was last told. */
function allSeries(before: Series = [], now: Series = []): { readonly series?: NonNullable<Series> } {
  const byUid = new Map([...before, ...now].map((one) => [one.seriesInstanceUid, one]));
  return byUid.size === 0 ? {} : { series: [...byUid.values()].slice(0, MAX_SERIES) };
}

function inOrder(a: Version, b: Version): number {
  if (a.seq !== b.seq) return a.seq - b.seq;
  return a.controlId < b.controlId ? -1 : a.controlId > b.controlId ? 1 : 0;
}
