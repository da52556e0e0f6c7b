import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { currentActor } from "@/lib/auth/current-actor";
import type { UserActor } from "@/lib/auth/session";
import { AppError } from "@/lib/core/errors";
import { safeNext } from "./safe-next";

/**
 * Who opens this page; others are sent to sign in and come back afterwards. Asked of the database once a request,
 * however many components ask.
 */
export const requireActor: () => Promise<UserActor> = cache(async () => {
  try {
    return await currentActor();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "unauthenticated") throw error;
  }
  const path = safeNext((await headers()).get("x-signalbox-path") ?? undefined);
  redirect(path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
});
