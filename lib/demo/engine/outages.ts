import type { ChannelStore } from "./channel-store";

/** Whether a destination (metaDataId from 1) refuses connections at an instant. Changes at whole minutes only. */
export type IsDown = (at: {
  readonly channelId: string;
  readonly metaDataId: number;
  readonly atMs: number;
}) => boolean;

const minuteMs = 60_000;

/**
 * Takes destinations down and brings them back as time passes, minute by minute, so that what becomes of their queues
 * does not depend on how often somebody looks.
 */
export function outageClock(given: {
  readonly stores: readonly ChannelStore[];
  readonly isDown: IsDown | undefined;
  readonly fromMs: number;
}): (untilMs: number) => void {
  const { stores, isDown } = given;
  let passedMs = given.fromMs;
  return (untilMs) => {
    if (isDown === undefined) return;
    let atMs = (Math.floor(passedMs / minuteMs) + 1) * minuteMs;
    for (; atMs <= untilMs; atMs += minuteMs) {
      for (const store of stores) applyTo({ store, isDown, atMs });
    }
    passedMs = Math.max(passedMs, untilMs);
  };
}

function applyTo(given: {
  readonly store: ChannelStore;
  readonly isDown: IsDown;
  readonly atMs: number;
}): void {
  const { store, isDown, atMs } = given;
  store.spec.destinations.forEach((_, index) => {
    const metaDataId = index + 1;
    const queue = store.queue(metaDataId);
    const shouldBeDown = isDown({ channelId: store.spec.id, metaDataId, atMs });
    if (queue.isDown() === shouldBeDown) return;
    store.settle(atMs);
    queue.setDown({ isDown: shouldBeDown, atMs });
  });
}
