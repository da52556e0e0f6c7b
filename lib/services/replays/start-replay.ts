import { replayStepSchema } from "@/lib/core/replay/schema";
import { command } from "@/lib/services/command";
import { stepNote, takeStep } from "./take-step";

/** Begins to send: the job of the worker takes it from here. Input: { id, version }. @throws AppError forbidden | bad_request | step_up_required | not_found | conflict */
export const startReplay = command({
  permission: "replay.request",
  input: replayStepSchema,
  stepUp: true,
  run: ({ tx, input, reach }) => takeStep(tx, { ...input, reach, step: "start" }),
  audit: stepNote,
});
