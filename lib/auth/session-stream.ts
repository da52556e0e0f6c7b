import { currentSession } from "./current-actor";
import { type FollowedSession, followSession, markSession } from "./follow-session";
import { requiresSecondFactor } from "./second-factor";

/** A comment now and then keeps proxies from closing a quiet stream. */
const aliveEveryMs = 20_000;

/**
 * Server-sent events for the session behind this request: one `changed` when it ends or its rights change, then the
 * stream is over and the browser asks for the next, with what cookie it has by then. Undefined where no session is open.
 * Listening is no use of a session.
 */
export async function currentSessionStream(signal: AbortSignal): Promise<ReadableStream | undefined> {
  const live = await currentSession();
  if (live === undefined || requiresSecondFactor(live.session)) return undefined;
  const followed = await markSession(live.session.tokenHash);
  // Asked again after the mark was taken: whatever changes from here on differs from it.
  return (await currentSession()) === undefined ? undefined : streamOf(followed, signal);
}

function streamOf(followed: FollowedSession, signal: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let end = () => {};
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const alive = setInterval(() => send(": here\n\n"), aliveEveryMs);
      const stopFollowing = followSession(followed, () => {
        send("event: changed\ndata:\n\n");
        close();
      });
      end = () => {
        clearInterval(alive);
        stopFollowing();
        signal.removeEventListener("abort", close);
        process.removeListener("SIGTERM", close);
      };
      const close = () => {
        end();
        controller.close();
      };
      signal.addEventListener("abort", close, { once: true });
      // An open stream must not hold up a stop.
      process.once("SIGTERM", close);
      send("retry: 300\n\n");
    },
    cancel: () => end(),
  });
}
