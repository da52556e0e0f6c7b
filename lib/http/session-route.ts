import { endCurrentSession, noteHands } from "@/lib/auth/current-actor";
import { route } from "./route";

/** POST: a person has their hands on a page. 204, or 401 when their session is over. */
export const sessionRoute = route(async () => {
  await noteHands();
  return new Response(null, { status: 204 });
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
