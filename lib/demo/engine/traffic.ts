import { type Random, seededRandom } from "../random";
import type { ChannelSpec } from "./channel-spec";

export type Arrival = { readonly atMs: number; readonly channelIndex: number; readonly random: Random };

/** How busy a channel is at an instant, relative to its average; decides the rhythm of day and week. */
export type Rhythm = (channel: ChannelSpec, atMs: number) => number;

type TrafficPlan = {
  readonly seed: number;
  readonly channels: readonly ChannelSpec[];
  /** Messages a minute over all channels, on average. */
  readonly perMinute: number;
  readonly rhythm: Rhythm;
};

const minuteMs = 60_000;

/**
 * Arrivals in (afterMs, untilMs], in order. Each minute of each channel is drawn on its own, so that the same seed
 * gives the same messages however often, and in whatever steps, the clock is looked at.
 */
export function arrivalsBetween(
  plan: TrafficPlan,
  span: { readonly afterMs: number; readonly untilMs: number },
): readonly Arrival[] {
  const totalShare = plan.channels.reduce((sum, channel) => sum + channel.share, 0);
  const arrivals: Arrival[] = [];
  if (plan.perMinute <= 0 || totalShare <= 0) return arrivals;
  const firstMinute = Math.floor(span.afterMs / minuteMs);
  for (let minute = firstMinute; minute * minuteMs <= span.untilMs; minute += 1) {
    plan.channels.forEach((channel, channelIndex) => {
      const atMs = minute * minuteMs;
      const mean = (plan.perMinute * channel.share * plan.rhythm(channel, atMs)) / totalShare;
      const random = seededRandom(plan.seed, channel.id, minute);
      for (let left = poisson(random, mean); left > 0; left -= 1) {
        const arrival = { atMs: atMs + Math.floor(random() * minuteMs), channelIndex };
        arrivals.push({ ...arrival, random: seededRandom(plan.seed, channel.id, minute, left) });
      }
    });
  }
  return inOrder(arrivals).filter((one) => one.atMs > span.afterMs && one.atMs <= span.untilMs);
}

/** Exactly `count` arrivals spread evenly, with some jitter, over a span that has passed. */
export function arrivalsInPast(
  plan: Omit<TrafficPlan, "perMinute">,
  past: { readonly count: number; readonly fromMs: number; readonly toMs: number },
): readonly Arrival[] {
  const random = seededRandom(plan.seed, "past");
  const totalShare = plan.channels.reduce((sum, channel) => sum + channel.share, 0);
  const stepMs = (past.toMs - past.fromMs) / Math.max(1, past.count);
  return inOrder(
    Array.from({ length: past.count }, (_, index) => ({
      atMs: Math.floor(past.fromMs + (index + random() * 0.9) * stepMs),
      channelIndex: channelAt(plan.channels, random() * totalShare),
      random: seededRandom(plan.seed, "past", index),
    })),
  );
}

function channelAt(channels: readonly ChannelSpec[], point: number): number {
  let passed = 0;
  const index = channels.findIndex((channel) => {
    passed += channel.share;
    return point < passed;
  });
  return Math.max(0, index);
}

function inOrder(arrivals: readonly Arrival[]): readonly Arrival[] {
  return [...arrivals].sort((one, other) => one.atMs - other.atMs || one.channelIndex - other.channelIndex);
}

/** Knuth's method; means here stay far below the hundreds where it becomes slow. */
function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
}
