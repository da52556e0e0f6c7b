import { beginEscalation, type Escalation, escalate, type StepTaken } from "@/lib/core/notice/escalation";
import { onCallAt, type Shift } from "@/lib/core/notice/on-call";
import { type CountedHours, noticeSeverities, type Plan, type Target } from "@/lib/core/notice/schema";
import { instantAt } from "@/lib/core/time/zone";
import { type Random, seededRandom, wholeBelow } from "@/tests/support/random";

export type ModelVerdict = {
  readonly schedules: number;
  readonly incidents: number;
  readonly steps: number;
  readonly gapsMet: number;
  readonly restarts: number;
  readonly acknowledged: number;
  readonly problems: readonly string[];
};

/** Random schedules with one incident each, through random ticks, restarts and acknowledgements, against what was promised. */
export function runEscalations(ask: { readonly n: number; readonly seed: number }): ModelVerdict {
  const runs = Array.from({ length: ask.n }, (_, i) => runOne(seededRandom(ask.seed * 1_000_003 + i)));
  const sum = (of: (run: Run) => number) => runs.reduce((total, run) => total + of(run), 0);
  return {
    schedules: ask.n,
    incidents: ask.n,
    steps: sum(({ steps }) => steps),
    gapsMet: sum(({ gaps }) => gaps),
    restarts: sum(({ restarts }) => restarts),
    acknowledged: sum(({ isAcknowledged }) => (isAcknowledged ? 1 : 0)),
    problems: runs.flatMap(({ problems }, i) => problems.map((problem) => `schedule ${i}: ${problem}`)),
  };
}

type Run = {
  readonly steps: number;
  readonly gaps: number;
  readonly restarts: number;
  readonly isAcknowledged: boolean;
  readonly problems: readonly string[];
};

type Told = StepTaken<string> & { readonly at: Date };

function runOne(random: Random): Run {
  const day = days[wholeBelow(random, days.length)] ?? days[0];
  const rota = rotaOf(random, day);
  const plan = planOf(random, [...rota.keys()]);
  const severity = noticeSeverities[wholeBelow(random, 3)] ?? "critical";
  const begun = new Date(
    instantAt({ ...day, day: day.day - 2 }, "UTC").getTime() + wholeBelow(random, 5 * 1440) * MINUTE_MS,
  );
  const acknowledgedAt =
    random() < 0.3 ? new Date(begun.getTime() + wholeBelow(random, 600) * MINUTE_MS) : undefined;
  const told: Told[] = [];
  let at = beginEscalation({ plan, severity, now: begun });
  let now = begun;
  let restarts = 0;
  // Ticks come late, up to hours; a worker that dies in a step leaves no trace of it, and the next takes it.
  for (let tick = 0; at.nextAt !== undefined && tick < 100_000; tick++) {
    if (acknowledgedAt !== undefined && now >= acknowledgedAt) break;
    const find = (targets: readonly Target[]) => foundAt(rota, targets, now);
    const done = escalate({ plan, severity, at, now, find });
    if (random() < 0.1) restarts += 1;
    else {
      told.push(...done.taken.map((step) => ({ ...step, at: now })));
      at = reread(done.at);
    }
    const wait = Math.max(at.nextAt === undefined ? 0 : at.nextAt.getTime() - now.getTime(), 0);
    const late = random() < 0.1 ? wholeBelow(random, 180) * MINUTE_MS : wholeBelow(random, 10_000);
    now = new Date(now.getTime() + (random() < 0.5 ? wait : Math.floor(wait / 2)) + late + 1);
  }
  const isAcknowledged = at.nextAt !== undefined;
  return {
    steps: told.length,
    gaps: told.filter(({ recipients }) => recipients.length === 0).length,
    restarts,
    isAcknowledged,
    problems: problemsOf({ plan, told, rota, isAcknowledged, begun }),
  };
}

/** As it comes back from where it was kept. */
function reread(at: Escalation): Escalation {
  const { cycle, step, nextAt }: { cycle: number; step: number; nextAt?: string } = JSON.parse(
    JSON.stringify(at),
  );
  return { cycle, step, nextAt: nextAt === undefined ? undefined : new Date(nextAt) };
}

function problemsOf(run: {
  readonly plan: Plan;
  readonly told: readonly Told[];
  readonly rota: Rota;
  readonly isAcknowledged: boolean;
  readonly begun: Date;
}): readonly string[] {
  const { plan, told, rota, isAcknowledged, begun } = run;
  const problems: string[] = [];
  const all = [...plan.steps, plan.lastResort];
  const keys = told.map(({ cycle, step }) => cycle * all.length + step);
  if (new Set(keys).size < keys.length) problems.push("a step was taken twice in a cycle");
  if (keys.some((key, i) => key !== i)) problems.push("a step was left out, or taken before another");
  const cycles = plan.repeats + 1;
  if (!isAcknowledged && told.filter(({ isLastResort }) => isLastResort).length !== cycles)
    problems.push("nobody answered, and the last step was not reached in every cycle");
  let before: Told | undefined;
  for (const one of told) {
    const targets = all[one.step]?.targets ?? [];
    const expected = bruteForce(rota, targets, one.at);
    if (one.recipients.toSorted().join() !== expected.toSorted().join())
      problems.push("the wrong people were told");
    const waited = (one.at.getTime() - (before?.at ?? begun).getTime()) / MINUTE_MS;
    const isGap = before !== undefined && before.recipients.length === 0 && !before.isLastResort;
    const asked = before?.isLastResort ? plan.repeatAfterMinutes : (all[one.step]?.afterMinutes ?? 0);
    if (isGap && waited !== 0) problems.push("a gap was waited for");
    if (!isGap && waited < asked) problems.push("a step was taken too early");
    before = one;
  }
  return problems;
}

type Rota = ReadonlyMap<string, readonly Shift[]>;
const MINUTE_MS = 60_000;
const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "UTC"] as const;
/** Days on which clocks of these zones change, and one on which none does. */
const days = [
  { year: 2026, month: 3, day: 29 },
  { year: 2026, month: 10, day: 25 },
  { year: 2026, month: 3, day: 8 },
  { year: 2026, month: 11, day: 1 },
  { year: 2026, month: 4, day: 5 },
  { year: 2026, month: 4, day: 24 },
  { year: 2026, month: 7, day: 15 },
] as const;

type Day = (typeof days)[number];

/** Teams whose shifts are handed over at a wall-clock hour of their zone, with gaps, overlaps and overrides. */
function rotaOf(random: Random, day: Day): Rota {
  return new Map(
    Array.from({ length: 1 + wholeBelow(random, 3) }, (_, team) => [
      idOf(1_000 + team),
      shiftsOf(random, day),
    ]),
  );
}

function shiftsOf(random: Random, day: Day): readonly Shift[] {
  const zone = zones[wholeBelow(random, zones.length)] ?? "UTC";
  const hour = wholeBelow(random, 24);
  const at = (of: number, over = 0) => instantAt({ ...day, day: day.day - 3 + of, hour: hour + over }, zone);
  return Array.from({ length: 12 }, (_, i): readonly Shift[] => {
    const userId = idOf(wholeBelow(random, 6));
    if (random() < 0.25) return [];
    const planned = { userId, from: at(i), until: at(i + 1, wholeBelow(random, 3)), isOverride: false };
    if (random() > 0.2) return [planned];
    const from = at(i, wholeBelow(random, 8));
    const override = {
      userId: idOf(6 + i),
      from,
      until: new Date(from.getTime() + 4 * 60 * MINUTE_MS),
      isOverride: true,
    };
    return [planned, override];
  }).flat();
}

function planOf(random: Random, teams: readonly string[]): Plan {
  const step = () => ({
    afterMinutes: wholeBelow(random, 3) === 0 ? 0 : wholeBelow(random, 240),
    targets: Array.from({ length: 1 + wholeBelow(random, 2) }, () => targetOf(random, teams)),
  });
  const hours: CountedHours = { zone: "Europe/Berlin", days: [1, 2, 3, 4, 5], from: "08:00", until: "17:00" };
  return {
    steps: Array.from({ length: wholeBelow(random, 5) }, step),
    lastResort: step(),
    repeats: wholeBelow(random, 3),
    repeatAfterMinutes: 1 + wholeBelow(random, 120),
    ...(random() < 0.3 ? { hours } : {}),
  };
}

function targetOf(random: Random, teams: readonly string[]): Target {
  if (random() < 0.3) return { kind: "person", id: idOf(wholeBelow(random, 6)) };
  return { kind: "team", id: teams[wholeBelow(random, teams.length)] ?? "" };
}

function foundAt(rota: Rota, targets: readonly Target[], at: Date) {
  const recipients = [
    ...new Set(
      targets.flatMap((target) => {
        if (target.kind === "department") return [];
        return target.kind === "person" ? [target.id] : onCallAt(rota.get(target.id) ?? [], at);
      }),
    ),
  ];
  return { recipients, hasAnswerer: recipients.length > 0 };
}

/** Who is on call, found another way: by looking at each person in turn. */
function bruteForce(rota: Rota, targets: readonly Target[], at: Date): readonly string[] {
  return Array.from({ length: 20 }, (_, i) => idOf(i)).filter((person) =>
    targets.some((target) => {
      if (target.kind === "department") return false;
      if (target.kind === "person") return target.id === person;
      const running = (rota.get(target.id) ?? []).filter(
        (shift) => shift.from.getTime() <= at.getTime() && shift.until.getTime() > at.getTime(),
      );
      const isOverridden = running.some(({ isOverride }) => isOverride);
      return running.some((shift) => shift.userId === person && shift.isOverride === isOverridden);
    }),
  );
}

function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}
