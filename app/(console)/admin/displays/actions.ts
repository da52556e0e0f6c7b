"use server";
import { action } from "@/lib/http/action";
import { createDisplay } from "@/lib/services/displays/create-display";
import { revokeDisplay } from "@/lib/services/displays/revoke-display";

export async function makeDisplay(input: unknown) {
  return action(createDisplay)(input);
}
export async function endDisplay(input: unknown) {
  return action(revokeDisplay)(input);
}
