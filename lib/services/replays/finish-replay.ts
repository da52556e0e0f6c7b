import { replayStepSchema } from "@/lib/core/replay/schema";
import { command } from "@/lib/services/command";
import { stepNote, takeStep } from "./take-step";

/** Ends a stopped replay for good: what was not sent is left. Input: { id, version }. @throws AppError forbidden | bad_request | not_found | conflict */
export const finishReplay = command({
  permission: "replay.request",
  input: replayStepSchema,
  run: ({ tx, input, reach }) => takeStep(tx, { ...input, reach, step: "finish" }),
  audit: stepNote,
});
