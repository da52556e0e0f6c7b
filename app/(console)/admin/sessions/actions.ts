"use server";
import { action } from "@/lib/http/action";
import { endSession } from "@/lib/services/users/end-session";
import { endSessions } from "@/lib/services/users/end-sessions";

export async function endOne(input: unknown) {
  return action(endSession)(input);
}
export async function endAll(input: unknown) {
  return action(endSessions)(input);
}
