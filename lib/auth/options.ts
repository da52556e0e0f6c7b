import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env, tellNextAuth } from "@/lib/config/env";
import { AppError } from "@/lib/core/errors";
import { CONNECTED_PATH } from "@/lib/core/sso/refusal";
import { derivedKey } from "@/lib/crypto/keyed-hash";
import { OIDC, oidcProvider } from "./oidc-provider";
import { signInByProvider } from "./oidc-sign-in";
import { absoluteLimitMs, endSession, type LiveSession } from "./session";
import { signIn } from "./sign-in";

/** The browser that asks. */
export type Visitor = {
  readonly address: string | undefined;
  readonly userAgent: string | undefined;
  /** The session that it had before, where it lives. */
  readonly before: () => Promise<LiveSession | undefined>;
  /** A cookie of the request, by its name. */
  readonly cookie: (name: string) => string | undefined;
};

/**
 * next-auth's settings, made anew for every request. Its JWT carries a random session token and nothing else; whether
 * that session lives is asked of the database on every request.
 */
export function authOptions(visitor: Visitor): NextAuthOptions {
  tellNextAuth();
  const { oidc } = env();
  let started: string | undefined;
  return {
    secret: authSecret(),
    session: { strategy: "jwt", maxAge: absoluteLimitMs / 1000 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    useSecureCookies: isHttps(),
    cookies: authCookies(),
    providers: oidc === undefined ? [passwordProvider()] : [passwordProvider(), oidcProvider(oidc)],
    callbacks: {
      signIn: async ({ account, profile }) => {
        if (account?.provider !== OIDC) return true;
        const answer = await admitFromProvider(visitor, { ...profile });
        if ("leadTo" in answer) return answer.leadTo;
        started = answer.token;
        return true;
      },
      jwt: ({ token, user, account }) => {
        if (user === undefined) return { sid: token["sid"] };
        return { sid: account?.provider === OIDC ? started : user.id };
      },
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      signOut: async ({ token }) => {
        const sid = token["sid"];
        if (typeof sid === "string") await endSession(sid, new Date());
      },
    },
    // Its warnings ask for environment variables that are not needed here; failures are audited by sign-in itself.
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
  };
}

/** Name of the cookie that holds the JWT. `__Host-` binds it to this host, TLS and the root path (RFC 6265bis). */
export function sessionCookieName(): string {
  return cookieName("signalbox.session");
}

/** Out of script's reach, and not sent along from pages of others. */
export function sessionCookieOptions() {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isHttps() } as const;
}

/** What the JWT is encrypted with; derived from the keys file, so no further secret is to be set. */
export function authSecret(): string {
  return derivedKey("next-auth").toString("base64url");
}

/** A session, or where next-auth leads instead: what is thrown here it would put into an address. */
async function admitFromProvider(
  visitor: Visitor,
  claims: Readonly<Record<string, unknown>>,
): Promise<{ readonly token: string } | { readonly leadTo: string }> {
  const { oidc } = env();
  if (oidc === undefined) return { leadTo: "/sign-in" };
  try {
    const { address, userAgent } = visitor;
    const answer = await signInByProvider({
      claims,
      settings: oidc,
      address,
      userAgent,
      before: await visitor.before(),
      isConnecting:
        visitor.cookie(cookieName("signalbox.callback")) === `${env().publicUrl}${CONNECTED_PATH}`,
      now: new Date(),
    });
    return answer.kind === "in" ? answer : { leadTo: `/sign-in?refused=${answer.why}` };
  } catch {
    return { leadTo: "/sign-in?error=internal" };
  }
}

function passwordProvider() {
  return Credentials({
    credentials: { email: { type: "email" }, password: { type: "password" } },
    authorize: async (credentials, request) => {
      const headers: Readonly<Record<string, unknown>> = request.headers ?? {};
      const done = await signIn({
        credentials,
        address: textOf(headers["x-forwarded-for"]),
        userAgent: textOf(headers["user-agent"]),
        now: new Date(),
      }).catch((error: unknown) => {
        // next-auth shows the message of what is thrown here as the error code of the sign-in page.
        throw new Error(error instanceof AppError ? error.code : "internal");
      });
      return done === undefined ? null : { id: done.token };
    },
  });
}

function authCookies(): NonNullable<NextAuthOptions["cookies"]> {
  const options = sessionCookieOptions();
  return {
    sessionToken: { name: sessionCookieName(), options },
    csrfToken: { name: cookieName("signalbox.csrf"), options },
    callbackUrl: { name: cookieName("signalbox.callback"), options },
    // Between leaving for the identity provider and coming back from it.
    state: { name: cookieName("signalbox.state"), options: { ...options, maxAge: awayLimitS } },
    nonce: { name: cookieName("signalbox.nonce"), options: { ...options, maxAge: awayLimitS } },
    pkceCodeVerifier: { name: cookieName("signalbox.pkce"), options: { ...options, maxAge: awayLimitS } },
  };
}

const awayLimitS = 900;

/** Over TLS bound to this host and the root path (RFC 6265bis). */
export function cookieName(name: string): string {
  return isHttps() ? `__Host-${name}` : name;
}

function isHttps(): boolean {
  return env().publicUrl.startsWith("https:");
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
