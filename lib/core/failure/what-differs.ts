/** One message as it is compared: what it has of each trait; null where that is not known. */
export type Traits<Trait extends string> = Readonly<Record<Trait, string | null>>;

export type Difference<Trait extends string> = {
  readonly trait: Trait;
  readonly value: string;
  readonly failing: number;
  readonly passing: number;
  /** Of those with the trait known. */
  readonly failingShare: number;
  readonly passingShare: number;
  /** How many times as frequent among the failing; null where none of the passing has it. */
  readonly lift: number | null;
  /** So few that chance may be all there is to it. */
  readonly isSmall: boolean;
};

/** Fewer failing messages with a value than this tell little. */
const SMALL = 5;
/** Shares closer to each other than this are no difference. */
const LEAST_GAP = 0.1;

/** Which values are more frequent among failing messages than among passing ones, the widest gap first. */
export function whatDiffers<Trait extends string>(ask: {
  readonly traits: readonly Trait[];
  readonly failing: readonly Traits<Trait>[];
  readonly passing: readonly Traits<Trait>[];
  readonly limit: number;
}): readonly Difference<Trait>[] {
  return ask.traits
    .flatMap((trait) => differencesOf(trait, ask))
    .sort((a, b) => gapOf(b) - gapOf(a) || b.failing - a.failing)
    .slice(0, ask.limit);
}

function differencesOf<Trait extends string>(
  trait: Trait,
  of: { readonly failing: readonly Traits<Trait>[]; readonly passing: readonly Traits<Trait>[] },
): readonly Difference<Trait>[] {
  const failing = countsOf(of.failing, trait);
  const passing = countsOf(of.passing, trait);
  // With one side unknown there is nothing to compare with.
  if (failing.known === 0 || passing.known === 0) return [];
  return [...failing.counts]
    .map(([value, count]): Difference<Trait> => {
      const passed = passing.counts.get(value) ?? 0;
      const failingShare = count / failing.known;
      const passingShare = passed / passing.known;
      return {
        trait,
        value,
        failing: count,
        passing: passed,
        failingShare,
        passingShare,
        lift: passed === 0 ? null : failingShare / passingShare,
        isSmall: count < SMALL || passing.known < SMALL,
      };
    })
    .filter((difference) => gapOf(difference) >= LEAST_GAP);
}

function gapOf({
  failingShare,
  passingShare,
}: {
  readonly failingShare: number;
  readonly passingShare: number;
}): number {
  return failingShare - passingShare;
}

function countsOf<Trait extends string>(messages: readonly Traits<Trait>[], trait: Trait) {
  const counts = new Map<string, number>();
  let known = 0;
  for (const message of messages) {
    const value = message[trait];
    if (value === null) continue;
    known++;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return { counts, known };
}
