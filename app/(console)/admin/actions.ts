"use server";
import { action } from "@/lib/http/action";
import { askForBackup } from "@/lib/services/backup/ask-for-backup";
import { releaseHold } from "@/lib/services/backup/release-hold";
import { removeDemo } from "@/lib/services/demo/remove-demo";
import { startDemo } from "@/lib/services/demo/start-demo";
import { setAdministratorProof } from "@/lib/services/sign-in-rules/set-administrator-proof";

export async function backUpNow() {
  return action(askForBackup)({});
}
export async function release() {
  return action(releaseHold)({ targetsRead: true });
}
export async function beginDemo() {
  return action(startDemo)({});
}
export async function endDemo() {
  return action(removeDemo)({});
}
export async function holdAdministrators(input: unknown) {
  return action(setAdministratorProof)(input);
}
