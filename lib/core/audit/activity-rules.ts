import type { Role } from "../authz/role";
import type { OpeningSigns } from "../disclosure/opening-signs";
import type { ReviewLineDraft } from "./review";
import type { ReviewRule } from "./review-words";
import { isFarAbove, median } from "./robust-outlier";

/** Once that somebody was shown the values of a message. */
export type Opening = {
  /** Its line in the trail. */
  readonly leafId: string;
  readonly at: Date;
  readonly personId: string;
  /** Whether the person changed anything within a day. */
  readonly hasLaterAct: boolean;
  /** Weekend, or outside 07:00 to 19:00. */
  readonly isOffHours: boolean;
  /** What the message said of the patient; undefined where it was not read or named nobody. */
  readonly signs: OpeningSigns | undefined;
};

/** What one account did in the week. */
export type PersonWeek = {
  readonly personId: string;
  readonly roles: readonly Role[];
  /** Lines in the trail. */
  readonly acts: number;
  /** Looks at messages and searches for patients. */
  readonly looks: number;
  /** Lines after the account was disabled. */
  readonly actsWhileDisabled: number;
  /** The last line before the week. */
  readonly lastActBefore: Date | undefined;
};

export type WeekFacts = {
  readonly from: Date;
  readonly openings: readonly Opening[];
  readonly people: readonly PersonWeek[];
};

/** Below this many looks a week nobody stands out, whatever the others do. */
const FEW_LOOKS = 20;

/** An account that nobody used for so long counts as unused. */
export const UNUSED_MS = 90 * 86_400_000;

/** What a person has to judge of a week: each opening and each account that a rule names, once, with all its rules. */
export function activityLines(facts: WeekFacts): readonly ReviewLineDraft[] {
  const openings = facts.openings.map(
    (opening): ReviewLineDraft => ({
      rules: openingRules(opening),
      personId: opening.personId,
      subject: { kind: "opening", leafId: opening.leafId, at: opening.at },
    }),
  );
  const people = facts.people.map((person) => personLine(person, facts));
  return [...people, ...openings].filter(({ rules }) => rules.length > 0);
}

function openingRules({ hasLaterAct, isOffHours, signs }: Opening): readonly ReviewRule[] {
  return [
    ...(signs?.isSameName ? (["same-name"] as const) : []),
    ...(signs?.isSameSurname && !signs.isSameName ? (["same-surname"] as const) : []),
    ...(signs?.isFlagged ? (["flagged-patient"] as const) : []),
    ...(hasLaterAct ? [] : (["without-later-act"] as const)),
    ...(isOffHours ? (["off-hours"] as const) : []),
  ];
}

function personLine(person: PersonWeek, { from, people }: WeekFacts): ReviewLineDraft {
  const peers = peersOf(person, people);
  const { personId, acts, looks, actsWhileDisabled, lastActBefore } = person;
  const wokeUp =
    acts > 0 && lastActBefore !== undefined && from.getTime() - lastActBefore.getTime() > UNUSED_MS;
  const rules: readonly ReviewRule[] = [
    ...(actsWhileDisabled > 0 ? (["disabled-account"] as const) : []),
    ...(wokeUp ? (["unused-account"] as const) : []),
    ...(peers === undefined ? [] : (["more-than-peers"] as const)),
  ];
  const subject = {
    kind: "week",
    acts,
    looks,
    peersMedian: peers?.median ?? null,
    actsWhileDisabled,
    lastActBefore: lastActBefore ?? null,
  } as const;
  return { rules, personId, subject };
}

/** The role in which a person looked at far more than the others who hold it and looked at anything. */
function peersOf(person: PersonWeek, people: readonly PersonWeek[]): { readonly median: number } | undefined {
  if (person.looks < FEW_LOOKS) return undefined;
  for (const role of person.roles) {
    const peers = people
      .filter((one) => one.personId !== person.personId && one.roles.includes(role) && one.looks > 0)
      .map(({ looks }) => looks);
    if (isFarAbove(person.looks, peers)) return { median: median(peers) };
  }
  return undefined;
}
