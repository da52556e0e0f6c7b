"use server";
import { redirect } from "next/navigation";
import { unlockCurrentSession } from "@/lib/auth/unlock";
import { type ActionResult, settle } from "@/lib/http/action";
import { safeNext } from "@/lib/http/safe-next";

/** Takes { answer, password } and opens the locked session again. */
export async function unlock(rawInput: unknown): Promise<ActionResult<void>> {
  return settle(() => unlockCurrentSession(rawInput));
}

/** The same from a page of its own, leading on to `next`. */
export async function unlockTo(rawInput: unknown, next: unknown): Promise<ActionResult<void>> {
  const answer = await settle(() => unlockCurrentSession(rawInput));
  if (answer.ok) redirect(safeNext(typeof next === "string" ? next : undefined));
  return answer;
}
