"use server";
import { changeMyPassword } from "@/lib/auth/change-password";
import { renewMyRecoveryCodes } from "@/lib/auth/my-factors";
import { endMySession } from "@/lib/auth/my-sessions";
import { type ActionResult, settle } from "@/lib/http/action";

export async function endSession(id: string): Promise<ActionResult<void>> {
  return settle(() => endMySession(id));
}
export async function renewCodes(rawInput: unknown): Promise<ActionResult<readonly string[]>> {
  return settle(() => renewMyRecoveryCodes(rawInput));
}
export async function changePassword(
  rawInput: unknown,
): Promise<ActionResult<{ readonly endedSessions: number }>> {
  return settle(() => changeMyPassword(rawInput));
}
