"use server";
import { addMyPasskey, askMyNewPasskey, askMyPasskey } from "@/lib/auth/my-passkeys";
import { settle } from "@/lib/http/action";

/** What the browser needs to have a passkey of this person sign. */
export async function askForPasskey() {
  return settle(() => askMyPasskey());
}
/** What it needs to make a new one. */
export async function askForNewPasskey() {
  return settle(() => askMyNewPasskey());
}
/** Takes { name, answer } and answers with recovery codes where it is the first factor. */
export async function addPasskey(rawInput: unknown) {
  return settle(() => addMyPasskey(rawInput));
}
