"use server";
import { cookies } from "next/headers";
import { preferenceCookies } from "@/components/shell/preferences";
import { isZone } from "@/lib/core/time/zone";
import { type ActionResult, settle } from "@/lib/http/action";
import { currentAddress, keepDisplayToken } from "@/lib/http/display";
import { openDisplay } from "@/lib/services/displays/open-display";

/**
 * Takes the secret of a link, which is the authority, and this screen's zone; the screen then holds a token of its own and is
 * dark from now on.
 */
export async function openBoard(link: unknown, zone: unknown): Promise<ActionResult<void>> {
  return settle(async () => {
    await keepDisplayToken(await openDisplay({ link, address: await currentAddress() }));
    const jar = await cookies();
    const keep = { path: "/", sameSite: "lax", maxAge: YEAR_S } as const;
    jar.set(preferenceCookies.theme, "dark", keep);
    if (typeof zone === "string" && isZone(zone)) jar.set(preferenceCookies.zone, zone, keep);
  });
}

const YEAR_S = 366 * 86_400;
