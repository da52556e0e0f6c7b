import { replayStepSchema } from "@/lib/core/replay/schema";
import { command } from "@/lib/services/command";
import { stepNote, takeStep } from "./take-step";

/** Goes on with a stopped replay. Input: { id, version }. @throws AppError forbidden | bad_request | step_up_required | not_found | conflict */
export const resumeReplay = command({
  permission: "replay.request",
  input: replayStepSchema,
  stepUp: true,
  run: ({ tx, input, reach }) => takeStep(tx, { ...input, reach, step: "resume" }),
  audit: stepNote,
});
