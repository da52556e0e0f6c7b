import { expectedMessages } from "@/lib/core/expectation/expected-time";
import { judgeSilence, type SilenceVerdict } from "@/lib/core/expectation/judge-silence";
import { countWithin, LEVEL_HOURS } from "@/lib/core/expectation/recent-level";
import { groupBy } from "@/lib/core/group-by";
import { type KnownExpectation, readExpectationsOf } from "@/lib/db/expectation";
import { readBusyMinutesOf } from "@/lib/db/expectation-traffic";
import type { InterfaceRecord } from "@/lib/db/interfaces-read";
import { readLastReceived } from "@/lib/db/leg-signs";

/** Since when an interface has had no message, how many were to be expected since, and whether that is too long. */
export type JudgedSilence = {
  /** When the last message came in; undefined where none ever did. */
  readonly silentSince: Date | undefined;
  /** Messages the same hours usually have; null where that is not known. */
  readonly expected: number | null;
  readonly verdict: SilenceVerdict;
};

/** Judges the silence of all interfaces at `now`, in three set-based questions however many there are. */
export async function judgeSilences(
  interfaces: readonly InterfaceRecord[],
  now: Date,
): Promise<ReadonlyMap<number, JudgedSilence>> {
  const [lastOf, known] = await Promise.all([
    readLastReceived({ legIds: interfaces.flatMap(sourceLegs), now }),
    readExpectationsOf(interfaces.map(({ interfaceId }) => interfaceId)),
  ]);
  const all = interfaces.map((of) => ({
    of,
    lastAt: newest(sourceLegs(of).flatMap((legId) => lastOf.get(legId) ?? [])),
    expectation: known.get(of.interfaceId),
  }));
  // A quiet day only ever excuses: what came in before is read for those that would be silent on a usual one.
  const suspects = all.filter((one) => verdictOf({ ...one, now, busyIn: usualDay }).kind === "silent");
  const minutes = groupBy(await readBusyMinutesOf(suspects.flatMap(hoursBefore)), ({ legId }) => legId);
  return new Map(
    all.map((one) => {
      const busy = sourceLegs(one.of)
        .flatMap((legId) => minutes.get(legId) ?? [])
        .map(({ minute }) => minute);
      const sorted = [...new Set(busy)].sort((a, b) => a - b);
      const busyIn = suspects.includes(one)
        ? (from: number, to: number) => countWithin(sorted, from, to)
        : usualDay;
      return [
        one.of.interfaceId,
        {
          silentSince: one.lastAt,
          expected: expectedOf({ ...one, now }),
          verdict: verdictOf({ ...one, now, busyIn }),
        },
      ];
    }),
  );
}

type Candidate = {
  readonly of: InterfaceRecord;
  readonly lastAt: Date | undefined;
  readonly expectation: KnownExpectation | undefined;
};

function verdictOf(
  ask: Candidate & {
    readonly now: Date;
    readonly busyIn: (fromMinute: number, toMinute: number) => number;
  },
): SilenceVerdict {
  const { of, lastAt, expectation, now, busyIn } = ask;
  // While nobody is watching, silence is ours, not the sender's.
  if (of.isPaused || of.unseenSince !== null || of.isCountedOnly) return { kind: "unknown" };
  const { learnt, ownerLimitMs } = expectation ?? { learnt: undefined, ownerLimitMs: undefined };
  return judgeSilence({ expectation: learnt, ownerLimitMs, lastAt, now, busyIn });
}

function expectedOf({ lastAt, expectation, now }: Candidate & { readonly now: Date }): number | null {
  if (lastAt === undefined || expectation?.learnt === undefined) return null;
  return expectedMessages(expectation.learnt, { from: lastAt, to: now });
}

function usualDay(): number {
  return Number.MAX_SAFE_INTEGER;
}

function hoursBefore({ of, lastAt }: Candidate) {
  if (lastAt === undefined) return [];
  const to = new Date((Math.floor(lastAt.getTime() / 60_000) + 1) * 60_000);
  const range = { from: new Date(to.getTime() - LEVEL_HOURS * 3_600_000), to };
  return sourceLegs(of).map((legId) => ({ legId, range }));
}

function sourceLegs({ legs }: InterfaceRecord): readonly number[] {
  return legs.filter(({ direction }) => direction === "source").map(({ legId }) => legId);
}

function newest(instants: readonly Date[]): Date | undefined {
  return instants.length === 0 ? undefined : new Date(Math.max(...instants.map((at) => at.getTime())));
}
