"use server";
import { type ActionResult, settle } from "@/lib/http/action";
import { acceptInvitation } from "@/lib/services/users/accept-invitation";

/** Sets name and password of an invited person; the token in the input is the authority. */
export async function join(rawInput: unknown): Promise<ActionResult<{ readonly email: string }>> {
  return settle(() => acceptInvitation(rawInput));
}
