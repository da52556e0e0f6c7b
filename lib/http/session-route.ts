import { endCurrentSession, noteHands } from "@/lib/auth/current-actor";
import { currentSessionState } from "@/lib/auth/session-state";
import { currentSessionStream } from "@/lib/auth/session-stream";
import { route } from "./route";

/** GET: whether this session is open, locked or over, for the page that is open in it. No use of it. */
export const sessionStateRoute = route(async () => Response.json(await currentSessionState(new Date())));

/** POST: a person has their hands on a page. 204, or 401 when their session is over. */
export const sessionRoute = route(async () => {
  await noteHands();
  return new Response(null, { status: 204 });
});

/** GET: a stream that tells once when this session ends or its rights change; 204 where none is open. */
export const sessionStreamRoute = route(async (request) => {
  const stream = await currentSessionStream(request.signal);
  if (stream === undefined) return new Response(null, { status: 204 });
  const headers = {
    "Content-Type": "text/event-stream",
    // Compressed or gathered by a proxy, events would wait for more of them.
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",
  };
  return new Response(stream, { headers });
});

/**
 * POST: ends this session at once and leads to the sign-in page. The browser forgets what it kept of the pages; cookies
 * stay, because the theme is in one.
 */
export const signOutRoute = route(async () => {
  await endCurrentSession();
  return new Response(null, {
    status: 303,
    headers: { Location: "/sign-in", "Clear-Site-Data": '"cache", "storage"' },
  });
});
