import { replayStepSchema } from "@/lib/core/replay/schema";
import { command } from "@/lib/services/command";
import { stepNote, takeStep } from "./take-step";

/** Sends nothing more; what is being sent right now is the last. Input: { id, version }. @throws AppError forbidden | bad_request | not_found | conflict */
export const stopReplay = command({
  permission: "replay.request",
  input: replayStepSchema,
  run: ({ tx, input, reach }) => takeStep(tx, { ...input, reach, step: "stop" }),
  audit: stepNote,
});
