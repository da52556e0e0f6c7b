import { setTimeout as pause } from "node:timers/promises";
import type { ListenIo } from "../connector";
import type { AtnaWire } from "./wire";

/**
 * What has come and is not stored yet, bounded. Syslog has no acknowledgement: what was taken off a connection cannot be
 * sent back. So it is held until it is stored, and while too much is held nothing more is read.
 */
export type Intake = {
  /** Resolves when more may be read. */
  readonly take: (wire: AtnaWire) => Promise<void>;
  /** For what cannot wait: false when it was dropped. */
  readonly offer: (wire: AtnaWire) => boolean;
  /** Resolves when all that was taken is stored, or the signal has aborted and it was tried once more. */
  readonly drained: () => Promise<void>;
  readonly lost: () => number;
};

export type IntakeLimits = {
  readonly maxMessages: number;
  readonly maxCharacters: number;
  /** Between two tries to store one. */
  readonly retryMs: number;
};

const usualIntake: IntakeLimits = { maxMessages: 4_000, maxCharacters: 32 * 1024 ** 2, retryMs: 500 };

/** One that is refused so often, while its port stays open, is refused for what it says: then it is kept as it came. */
const ATTEMPTS_AS_EVENT = 10;

export function createIntake(
  { submit, signal, log }: Pick<ListenIo, "submit" | "signal" | "log">,
  limits: IntakeLimits = usualIntake,
): Intake {
  const held = { messages: 0, characters: 0 };
  let lost = 0;
  let waiting: (() => void)[] = [];
  const isFull = () => held.messages >= limits.maxMessages || held.characters >= limits.maxCharacters;

  const store = async (wire: AtnaWire): Promise<void> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await submit(attempt > ATTEMPTS_AS_EVENT ? asUnstorable(wire) : wire);
        return;
      } catch {
        if (signal.aborted) {
          lost += 1;
          return log("An audit message could not be stored before the port was closed.", { lost });
        }
        await pause(limits.retryMs, undefined, { signal }).catch(() => undefined);
      }
    }
  };

  const hold = (wire: AtnaWire) => {
    const characters = "text" in wire ? wire.text.length : 0;
    held.messages += 1;
    held.characters += characters;
    void store(wire).finally(() => {
      held.messages -= 1;
      held.characters -= characters;
      if (isFull()) return;
      const ready = waiting;
      waiting = [];
      for (const go of ready) go();
    });
  };

  const room = () => new Promise<void>((resolve) => waiting.push(resolve));

  return {
    take: async (wire) => {
      hold(wire);
      while (isFull()) await room();
    },
    offer: (wire) => {
      if (isFull()) return false;
      hold(wire);
      return true;
    },
    drained: async () => {
      while (held.messages > 0) await room();
    },
    lost: () => lost,
  };
}

function asUnstorable(wire: AtnaWire): AtnaWire {
  return wire.kind === "message" ? { ...wire, kind: "broken", problem: "not_stored" } : wire;
}
