"use server";
import { enrolCurrentSession } from "@/lib/auth/current-second-factor";
import { type ActionResult, settle } from "@/lib/http/action";

/** Takes { sealed, code } and answers with the recovery codes. */
export async function confirmEnrolment(rawInput: unknown): Promise<ActionResult<readonly string[]>> {
  return settle(() => enrolCurrentSession(rawInput));
}
