"use server";
import { askToConnect } from "@/lib/auth/my-provider";
import { type ActionResult, settle } from "@/lib/http/action";

/** Whether this person may go to the identity provider now to have their account connected. */
export async function askForConnection(): Promise<ActionResult<void>> {
  return settle(() => askToConnect());
}
