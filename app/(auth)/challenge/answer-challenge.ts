"use server";
import { redirect } from "next/navigation";
import { passCurrentSession } from "@/lib/auth/current-second-factor";
import { type ActionResult, settle } from "@/lib/http/action";
import { safeNext } from "@/lib/http/safe-next";

/** Takes { kind, code } and leads on to `next`, or says why not. */
export async function answerChallenge(rawInput: unknown, next: unknown): Promise<ActionResult<void>> {
  const answer = await settle(() => passCurrentSession(rawInput));
  if (answer.ok) redirect(safeNext(typeof next === "string" ? next : undefined));
  return answer;
}
