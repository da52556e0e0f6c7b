const everyMs = 60_000;
const events = ["pointerdown", "keydown"] as const;

/** Watches for mouse and keys on this page, and tells the server of them. */
export type Hands = {
  /** Tells now where a hand was seen that the server does not know of; what `isAsked` says a person has just said. */
  readonly tell: (isAsked?: boolean) => Promise<void>;
  readonly stop: () => void;
};

/**
 * Tells the server, at most once a minute, that a person uses mouse or keys on this page. Only that keeps a session
 * alive between page loads: figures that refresh by themselves do not. Hands on the cover of a locked page tell nothing.
 */
export function watchHands(isOpen: () => boolean): Hands {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let isUntold = false;
  const tell = async (isAsked = false) => {
    if (!isOpen() || !(isUntold || isAsked)) return;
    isUntold = false;
    toldAtMs = performance.now();
    await fetch("/api/session", { method: "POST" }).catch(() => undefined);
  };
  const seen = () => {
    isUntold = true;
    if (performance.now() - toldAtMs >= everyMs) void tell();
  };
  for (const name of events) window.addEventListener(name, seen, { passive: true });
  return {
    tell,
    stop: () => {
      for (const name of events) window.removeEventListener(name, seen);
    },
  };
}
