"use server";
import { changeMyPassword } from "@/lib/auth/change-password";
import { renewMyRecoveryCodes } from "@/lib/auth/my-factors";
import { removeMyPasskey, renameMyPasskey } from "@/lib/auth/my-passkeys";
import { noteMyReset } from "@/lib/auth/my-reset";
import { endMySession } from "@/lib/auth/my-sessions";
import { type ActionResult, settle } from "@/lib/http/action";

export async function endSession(id: string): Promise<ActionResult<void>> {
  return settle(() => endMySession(id));
}
export async function renewCodes(): Promise<ActionResult<readonly string[]>> {
  return settle(() => renewMyRecoveryCodes());
}
export async function renamePasskey(rawInput: unknown): Promise<ActionResult<void>> {
  return settle(() => renameMyPasskey(rawInput));
}
export async function removePasskey(rawInput: unknown): Promise<ActionResult<void>> {
  return settle(() => removeMyPasskey(rawInput));
}
export async function changePassword(
  rawInput: unknown,
): Promise<ActionResult<{ readonly endedSessions: number }>> {
  return settle(() => changeMyPassword(rawInput));
}
export async function noteReset(): Promise<ActionResult<void>> {
  return settle(() => noteMyReset());
}
