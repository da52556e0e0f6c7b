"use server";
import { action } from "@/lib/http/action";
import { discardReplay } from "@/lib/services/replays/discard-replay";
import { draftReplay } from "@/lib/services/replays/draft-replay";
import { finishReplay } from "@/lib/services/replays/finish-replay";
import { resumeReplay } from "@/lib/services/replays/resume-replay";
import { startReplay } from "@/lib/services/replays/start-replay";
import { stopReplay } from "@/lib/services/replays/stop-replay";
import { submitReplay } from "@/lib/services/replays/submit-replay";
import { tickReplayItem } from "@/lib/services/replays/tick-item";

export async function draft(input: unknown) {
  return action(draftReplay)(input);
}
export async function tick(input: unknown) {
  return action(tickReplayItem)(input);
}
export async function submit(input: unknown) {
  return action(submitReplay)(input);
}
export async function discard(input: unknown) {
  return action(discardReplay)(input);
}
export async function start(input: unknown) {
  return action(startReplay)(input);
}
export async function stop(input: unknown) {
  return action(stopReplay)(input);
}
export async function resume(input: unknown) {
  return action(resumeReplay)(input);
}
export async function finish(input: unknown) {
  return action(finishReplay)(input);
}
