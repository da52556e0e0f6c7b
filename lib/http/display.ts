import { cookies, headers } from "next/headers";
import { displayActor, displayCookieName } from "@/lib/auth/display";
import { sessionCookieOptions } from "@/lib/auth/options";
import type { Actor } from "@/lib/core/authz/actor";

/** The screen on a wall that asks; undefined when its cookie opens nothing from where it stands. It is no session and keeps none alive. */
export async function currentDisplay(): Promise<Actor | undefined> {
  const token = (await cookies()).get(displayCookieName())?.value;
  if (token === undefined) return undefined;
  return displayActor({ token, address: await currentAddress(), now: new Date() });
}

/** The address that asks: our own listener settles it, forwarded headers count from trusted proxies alone. */
export async function currentAddress(): Promise<string> {
  return (await headers()).get("x-forwarded-for") ?? "";
}

/** Puts a screen's token into this browser. Only in actions. */
export async function keepDisplayToken(display: {
  readonly token: string;
  readonly expiresAt: Date;
}): Promise<void> {
  const options = { ...sessionCookieOptions(), sameSite: "strict", expires: display.expiresAt } as const;
  (await cookies()).set(displayCookieName(), display.token, options);
}
