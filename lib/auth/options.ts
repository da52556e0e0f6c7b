import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env } from "@/lib/config/env";
import { AppError } from "@/lib/core/errors";
import { derivedKey } from "@/lib/crypto/keyed-hash";
import { absoluteLimitMs, endSession } from "./session";
import { signIn } from "./sign-in";

/**
 * next-auth's settings. Its JWT carries a random session token and nothing else; whether that session lives is asked
 * of the database on every request.
 */
export function authOptions(): NextAuthOptions {
  return {
    secret: authSecret(),
    session: { strategy: "jwt", maxAge: absoluteLimitMs / 1000 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    useSecureCookies: isHttps(),
    cookies: authCookies(),
    providers: [passwordProvider()],
    callbacks: {
      jwt: ({ token, user }) => (user === undefined ? { sid: token["sid"] } : { sid: user.id }),
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
  };
}

function cookieName(name: string): string {
  return isHttps() ? `__Host-${name}` : name;
}

function isHttps(): boolean {
  return env().publicUrl.startsWith("https:");
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
