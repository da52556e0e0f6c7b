"use server";
import { action } from "@/lib/http/action";
import { changePeriod } from "@/lib/services/retention/change-period";
import { liftHold } from "@/lib/services/retention/lift-hold";
import { placeHold } from "@/lib/services/retention/place-hold";

export async function askForPeriod(rawInput: unknown) {
  return action(changePeriod)(rawInput);
}
export async function placeLegalHold(rawInput: unknown) {
  return action(placeHold)(rawInput);
}
export async function liftLegalHold(rawInput: unknown) {
  return action(liftHold)(rawInput);
}
