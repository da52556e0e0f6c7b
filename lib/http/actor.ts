import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { currentActor } from "@/lib/auth/current-actor";
import type { UserActor } from "@/lib/auth/session";
import { AppError } from "@/lib/core/errors";
import { safeNext, withNext } from "./safe-next";

/**
 * Who opens this page; others are sent to sign in, to give their second factor or to unlock, and come back afterwards. Asked of the database once a request,
 * however many components ask.
 */
export const requireActor: () => Promise<UserActor> = cache(async () => {
  const actor = await currentActor().catch(unlessUnauthenticated);
  if (!(actor instanceof AppError)) return actor;
  const path = safeNext((await headers()).get("x-signalbox-path") ?? undefined);
  redirect(withNext(placeFor(actor), path));
});

function placeFor({ info }: AppError): string {
  if (info["isLocked"] === true) return "/locked";
  return info["isFactorOwed"] === true ? "/challenge" : "/sign-in";
}

function unlessUnauthenticated(error: unknown): AppError {
  if (error instanceof AppError && error.code === "unauthenticated") return error;
  throw error;
}
