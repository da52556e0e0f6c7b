"use server";
import { action } from "@/lib/http/action";
import { addOwnChannel, removeOwnChannel, testOwnChannel } from "@/lib/services/notices/own-channel";

export async function addMine(input: unknown) {
  return action(addOwnChannel)(input);
}
export async function endMine(input: unknown) {
  return action(removeOwnChannel)(input);
}
export async function testMine(input: unknown) {
  return action(testOwnChannel)(input);
}
