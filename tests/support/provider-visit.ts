import { sessionCookieName } from "@/lib/auth/options";
import type { LiveSession } from "@/lib/auth/session";
import { aCookieBrowser, type CookieBrowser } from "@/tests/support/cookie-browser";
import { sessionOf } from "@/tests/support/sign-in-server";

export type ProviderVisit = {
  readonly browser: CookieBrowser;
  /** Where the way ended, with its query. */
  readonly place: string;
  readonly session: LiveSession | undefined;
};

/** Presses the button of the sign-in page. Answers with where it leads: to the provider, or to what went wrong. */
export async function leaveForProvider(
  origin: string,
  browser: CookieBrowser,
  callbackUrl = "/",
): Promise<string> {
  const csrf: unknown = await (await browser.ask(`${origin}/api/auth/csrf`)).json();
  const csrfToken =
    typeof csrf === "object" && csrf !== null && "csrfToken" in csrf ? String(csrf.csrfToken) : "";
  const answer = await browser.ask(`${origin}/api/auth/signin/oidc`, { csrfToken, callbackUrl });
  return new URL(answer.headers.get("location") ?? "/", origin).href;
}

/** The whole way: to the provider, through it and back. */
export async function signInAtProvider(
  origin: string,
  browser: CookieBrowser = aCookieBrowser(),
  callbackUrl = "/",
): Promise<ProviderVisit> {
  const end = await browser.follow(await leaveForProvider(origin, browser, callbackUrl));
  const session = await sessionOf(browser.cookie(new URL(origin).host, sessionCookieName()));
  return { browser, place: `${end.pathname}${end.search}`, session };
}
