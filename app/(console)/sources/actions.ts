"use server";
import { action } from "@/lib/http/action";
import { createSource } from "@/lib/services/sources/create-source";
import { pauseSource } from "@/lib/services/sources/pause-source";
import { removeSource } from "@/lib/services/sources/remove-source";
import { resumeSource } from "@/lib/services/sources/resume-source";
import { testSource } from "@/lib/services/sources/test-source";

// Only async functions may leave a "use server" file, hence one line each.
export async function create(input: unknown) {
  return action(createSource)(input);
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
