import type { SessionState } from "@/lib/auth/session-state";
import { askSession } from "./ask-session";
import { followNews } from "./follow-news";
import { watchHands } from "./hands-on";

/** How the page stands: free, about to lock at `lockAtMs` (ms since the epoch), covered, or without a session. */
export type Standing =
  | { readonly kind: "open" }
  | { readonly kind: "warning"; readonly lockAtMs: number }
  | { readonly kind: "locked" }
  | { readonly kind: "over" };

export type SessionWatch = {
  /** A person says that they are there. */
  readonly stay: () => void;
  /** Something has changed: asks again. */
  readonly ask: () => void;
  readonly stop: () => void;
};

const warnMs = 60_000;
/** While a page is about to lock or covered, and while the server does not answer. */
const askAgainMs = 5_000;

/**
 * Follows the session of this page. The server decides: this asks it when the time has come, when the page is seen
 * again, when another tab says that something changed, and when the server tells of itself that the session ended or its
 * rights changed: `onChange`. Without an answer a page covers itself at the time last heard.
 */
export function watchSession(show: (standing: Standing) => void, onChange: () => void): SessionWatch {
  const tabs = new BroadcastChannel("signalbox.session");
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lockAtMs: number | undefined;
  let now: Standing = { kind: "open" };
  // Without a session the page is covered, and stays as it is under the cover.
  const news = followNews(() => void ask().then(() => (now.kind === "open" ? onChange() : undefined)));
  const hands = watchHands(() => now.kind === "open" || now.kind === "warning");
  let isStopped = false;
  const ask = async () => {
    clearTimeout(timer);
    // A hand since the last telling counts: it was there before the time ran out.
    if (now.kind === "open") await hands.tell();
    const said = await askSession();
    if (isStopped) return;
    if (said?.state === "open") lockAtMs = Date.now() + said.lockInMs;
    const next = standingOf(said, { lockAtMs, before: now });
    if (next.kind !== now.kind && next.kind !== "warning") tabs.postMessage(next.kind);
    now = next;
    show(next);
    follow();
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), nextAskMs(next, lockAtMs));
  };
  const askNow = () => void ask();
  tabs.addEventListener("message", askNow);
  // A hidden page listens to nothing: browsers keep few connections open to one server.
  const follow = () =>
    news.listen(document.visibilityState === "visible" && (now.kind === "open" || now.kind === "warning"));
  const seen = () => {
    follow();
    if (document.visibilityState === "visible") askNow();
  };
  document.addEventListener("visibilitychange", seen);
  window.addEventListener("focus", askNow);
  askNow();
  return {
    stay: () => void hands.tell(true).then(ask),
    ask: askNow,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      hands.stop();
      news.listen(false);
      tabs.close();
      document.removeEventListener("visibilitychange", seen);
      window.removeEventListener("focus", askNow);
    },
  };
}

function standingOf(
  said: SessionState | undefined,
  at: { readonly lockAtMs: number | undefined; readonly before: Standing },
): Standing {
  const { lockAtMs, before } = at;
  if (said !== undefined && said.state !== "open") return { kind: said.state };
  // No answer uncovers nothing.
  if (said === undefined && (before.kind === "locked" || before.kind === "over")) return before;
  if (lockAtMs === undefined) return { kind: "open" };
  const leftMs = lockAtMs - Date.now();
  if (leftMs > warnMs) return { kind: "open" };
  return said === undefined && leftMs <= 0 ? { kind: "locked" } : { kind: "warning", lockAtMs };
}

function nextAskMs(standing: Standing, lockAtMs: number | undefined): number {
  if (standing.kind === "open" && lockAtMs !== undefined) {
    return Math.max(lockAtMs - Date.now() - warnMs, askAgainMs);
  }
  if (standing.kind !== "warning") return askAgainMs;
  return Math.min(Math.max(standing.lockAtMs - Date.now() + 50, 250), askAgainMs);
}
