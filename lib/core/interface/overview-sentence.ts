import { formatMoment, formatRange } from "../time/format";
import type { TimeRange } from "../time/range";
import { type InterfaceHealth, needsPerson } from "./health";
import { formatPeriod } from "./period-text";
import type { JudgedProblem } from "./problem";

/** A piece of the sentence; `interfaceId` makes it a link to that interface. */
export type SentencePart = { readonly text: string; readonly interfaceId?: number };

export type SentenceInput = {
  /** Worst first. */
  readonly healths: readonly InterfaceHealth[];
  readonly messages: number;
  readonly failed: number;
  readonly range: TimeRange;
  readonly now: Date;
  readonly zone: string;
};

/**
 * Answers "did anything break?" in one or two sentences: how many interfaces need a person and what is worst now, what
 * broke within the range and works again, and what cannot be seen. Names the interface and the period.
 */
export function overviewSentence(input: SentenceInput): readonly SentencePart[] {
  if (input.healths.length === 0) return [{ text: "No interface is connected yet." }];
  const judged = input.healths.filter((health) => health.level !== "excluded");
  const unknown = judged.filter((health) => health.level === "unknown");
  const counted = unknown.filter((health) => health.problems[0]?.kind === "counted_only");
  const unseen = unknown.filter((health) => !counted.includes(health));
  const news = [presentSentence(judged, input), pastSentence(judged, input)].filter(isSaid);
  const calm = calmSentence(judged.length - unknown.length, input);
  return joinSentences([
    ...(news.length > 0 ? news : [calm]),
    unseenSentence({ unseen, judged, input }),
    countedSentence(counted),
  ]);
}

/** The sentence as plain text, for titles and the spoken page. */
export function sentenceText(parts: readonly SentencePart[]): string {
  return parts.map((part) => part.text).join("");
}

type Sentence = readonly SentencePart[];
type Healths = readonly InterfaceHealth[];

/** How many interfaces need a person now, and what is worst. */
function presentSentence(judged: Healths, input: SentenceInput): Sentence {
  const needy = judged.filter((health) => needsPerson(health.level));
  const worst = needy[0];
  const problem = worst?.problems[0];
  if (!worst || !problem) return [];
  const need = needy.length === 1 ? "needs" : "need";
  return [
    { text: `${needy.length} of ${plural(judged.length, "interface")} ${need} you: ` },
    { text: subject(worst.name, problem), interfaceId: worst.interfaceId },
    { text: ` ${clause(problem, input)}.` },
  ];
}

/** The outage within the range that hit most messages and is over; one still going on is told as the present. */
function pastSentence(judged: Healths, { range, zone, now }: SentenceInput): Sentence {
  const outages = judged.flatMap((health) =>
    health.problems.flatMap((problem) =>
      problem.kind === "was_down" && problem.to > range.from && problem.from < range.to
        ? [{ health, problem }]
        : [],
    ),
  );
  const biggest = outages.toSorted((a, b) => b.problem.failed - a.problem.failed)[0];
  if (!biggest) return [];
  const { health, problem } = biggest;
  const others = outages.length - 1;
  const more =
    others === 0 ? "" : `; ${plural(others, "other outage")} ${others === 1 ? "is" : "are"} over too`;
  return [
    { text: `${capitalised(formatPeriod({ from: problem.from, to: problem.to, zone, now }))} ` },
    { text: subject(health.name, problem), interfaceId: health.interfaceId },
    { text: ` was down and ${plural(problem.failed, "message")} failed; it works again${more}.` },
  ];
}

function calmSentence(seen: number, { messages, failed, range, zone, now }: SentenceInput): Sentence {
  if (seen === 0) return [];
  const failures = failed === 0 ? "none failed" : `${count(failed)} failed`;
  const volume = `${plural(messages, "message")} on ${plural(seen, "interface")}, ${failures}`;
  return [{ text: `Nothing needs you. ${formatRange({ range, zone, now })}: ${volume}.` }];
}

function unseenSentence({ unseen, judged, input }: Unseen): Sentence {
  if (unseen.length === 0) return [];
  const since = unseen
    .flatMap((health) => (health.since ? [health.since] : []))
    .toSorted((a, b) => a.getTime() - b.getTime())[0];
  const from = since ? ` since ${formatMoment({ at: since, zone: input.zone, now: input.now })}` : "";
  return [{ text: `${unseen.length} of ${plural(judged.length, "interface")} cannot be seen${from}.` }];
}
type Unseen = { readonly unseen: Healths; readonly judged: Healths; readonly input: SentenceInput };

function countedSentence(counted: Healths): Sentence {
  if (counted.length === 0) return [];
  const verb = counted.length === 1 ? "is" : "are";
  return [{ text: `${plural(counted.length, "interface")} ${verb} known by the engine's counters only.` }];
}

function isSaid(sentence: Sentence): boolean {
  return sentence.length > 0;
}

function joinSentences(sentences: readonly Sentence[]): Sentence {
  return sentences
    .filter(isSaid)
    .flatMap((sentence, index) => (index === 0 ? sentence : [{ text: " " }, ...sentence]));
}

/** "ORM to RIS → RIS"; for what concerns the whole interface, its name alone. */
function subject(name: string, problem: JudgedProblem): string {
  const leg = "leg" in problem ? problem.leg : undefined;
  return leg?.direction === "destination" && leg.name !== name ? `${name} → ${leg.name}` : name;
}

function clause(problem: JudgedProblem, { zone, now }: SentenceInput): string {
  const moment = (at: Date) => formatMoment({ at, zone, now });
  switch (problem.kind) {
    case "failing":
      return `has let nothing through since ${moment(problem.since)}, ${plural(problem.failed, "message")} failed`;
    case "queue_stuck":
      return `holds ${plural(problem.depth, "message")} back since ${moment(problem.since)}`;
    case "queue_long":
      return `has ${plural(problem.depth, "message")} waiting`;
    case "silent":
      return `has been silent since ${moment(problem.since)}`;
    case "not_running":
      return `is ${problem.state.toLowerCase()} at the engine`;
    case "fails_more":
      return `fails more than usual, ${plural(problem.failed, "message")}`;
    case "slower":
      return "is slower than usual";
    case "was_down":
      return `was down ${formatPeriod({ from: problem.from, to: problem.to, zone, now })}`;
    case "unseen":
      return `cannot be seen since ${moment(problem.since)}`;
    case "counted_only":
      return "is known by the engine's counters only";
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

function count(value: number): string {
  return value.toLocaleString("en-GB");
}
