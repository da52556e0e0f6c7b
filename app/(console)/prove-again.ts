"use server";
import { passCurrentSession } from "@/lib/auth/current-second-factor";
import { type ActionResult, settle } from "@/lib/http/action";

/** Takes { kind, code } or { kind, proof }: for five minutes the person behind this request may do what needs a fresh factor. */
export async function proveAgain(rawInput: unknown): Promise<ActionResult<void>> {
  return settle(() => passCurrentSession(rawInput));
}
