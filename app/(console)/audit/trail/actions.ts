"use server";
import { action } from "@/lib/http/action";
import { verifyTrail } from "@/lib/services/own-audit/verify-trail";

export async function verify(input: unknown) {
  return action(verifyTrail)(input);
}
