"use server";
import { action } from "@/lib/http/action";
import { createClient } from "@/lib/services/api-clients/create-client";
import { revokeClient } from "@/lib/services/api-clients/revoke-client";
import { rotateClient } from "@/lib/services/api-clients/rotate-client";
import { discardDeadLetter } from "@/lib/services/dead-letters/discard-dead-letter";
import { retryDeadLetter } from "@/lib/services/dead-letters/retry-dead-letter";
import { confirmMapping } from "@/lib/services/interfaces/confirm-mapping";
import { switchReplay } from "@/lib/services/replays/switch-replay";
import { createSource } from "@/lib/services/sources/create-source";
import { pauseSource } from "@/lib/services/sources/pause-source";
import { removeSource } from "@/lib/services/sources/remove-source";
import { resumeSource } from "@/lib/services/sources/resume-source";
import { testSource } from "@/lib/services/sources/test-source";
import { updateSource } from "@/lib/services/sources/update-source";
import { createToken } from "@/lib/services/tokens/create-token";
import { revokeToken } from "@/lib/services/tokens/revoke-token";
import { rotateToken } from "@/lib/services/tokens/rotate-token";

// Only async functions may leave a "use server" file, hence one line each.
export async function create(input: unknown) {
  return action(createSource)(input);
}
export async function update(input: unknown) {
  return action(updateSource)(input);
}
export async function test(input: unknown) {
  return action(testSource)(input);
}
export async function pause(input: unknown) {
  return action(pauseSource)(input);
}
export async function resume(input: unknown) {
  return action(resumeSource)(input);
}
export async function remove(input: unknown) {
  return action(removeSource)(input);
}
export async function turnReplay(input: unknown) {
  return action(switchReplay)(input);
}
export async function makeToken(input: unknown) {
  return action(createToken)(input);
}
export async function endToken(input: unknown) {
  return action(revokeToken)(input);
}
export async function renewToken(input: unknown) {
  return action(rotateToken)(input);
}
export async function makeClient(input: unknown) {
  return action(createClient)(input);
}
export async function renewClient(input: unknown) {
  return action(rotateClient)(input);
}
export async function endClient(input: unknown) {
  return action(revokeClient)(input);
}
export async function mapColumns(input: unknown) {
  return action(confirmMapping)(input);
}
export async function retryLetter(input: unknown) {
  return action(retryDeadLetter)(input);
}
export async function discardLetter(input: unknown) {
  return action(discardDeadLetter)(input);
}
