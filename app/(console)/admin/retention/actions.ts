"use server";
import { action } from "@/lib/http/action";
import { liftHold } from "@/lib/services/retention/lift-hold";
import { placeHold } from "@/lib/services/retention/place-hold";

export async function placeLegalHold(rawInput: unknown) {
  return action(placeHold)(rawInput);
}
export async function liftLegalHold(rawInput: unknown) {
  return action(liftHold)(rawInput);
}
