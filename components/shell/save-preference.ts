"use server";
import { cookies } from "next/headers";
import { isZone } from "@/lib/core/time/zone";
import { type PreferenceName, preferenceCookies } from "./preferences";

/** Remembers one preference of this device for a year. Values outside the known set are ignored. Not personal data: no audit. */
export async function savePreference(name: PreferenceName, value: string): Promise<void> {
  const isAllowed = allowed[name];
  if (!isAllowed?.(value)) return;
  const jar = await cookies();
  jar.set(preferenceCookies[name], value, {
    path: "/",
    maxAge: 365 * 86_400,
    sameSite: "lax",
    httpOnly: true,
  });
}

const allowed: Record<PreferenceName, (value: string) => boolean> = {
  theme: (value) => ["system", "light", "dark"].includes(value),
  density: (value) => ["dense", "comfortable"].includes(value),
  keys: (value) => ["on", "off"].includes(value),
  rail: (value) => ["open", "collapsed"].includes(value),
  zone: isZone,
};
