"use server";
import { type ActionResult, settle } from "@/lib/http/action";
import { completeSetup } from "@/lib/services/setup/complete-setup";

/** Makes the first administrator; the set-up link in the input is the authority. */
export async function complete(rawInput: unknown): Promise<ActionResult<{ readonly userId: string }>> {
  return settle(() => completeSetup(rawInput));
}
