"use server";
import { action } from "@/lib/http/action";
import { readDeadLetter } from "@/lib/services/dead-letters/read-dead-letter";
import { claimItem } from "@/lib/services/work/claim-item";
import { releaseClaim } from "@/lib/services/work/release-claim";
import { renewClaim } from "@/lib/services/work/renew-claim";

export async function claim(input: unknown) {
  return action(claimItem)(input);
}
export async function renew(input: unknown) {
  return action(renewClaim)(input);
}
export async function release(input: unknown) {
  return action(releaseClaim)(input);
}
export async function readLetter(input: unknown) {
  return action(readDeadLetter)(input);
}
