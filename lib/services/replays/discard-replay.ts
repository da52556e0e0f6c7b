import { replayStepSchema } from "@/lib/core/replay/schema";
import { command } from "@/lib/services/command";
import { stepNote, takeStep } from "./take-step";

/** Gives a replay up before it began. Input: { id, version }. @throws AppError forbidden | bad_request | not_found | conflict */
export const discardReplay = command({
  permission: "replay.request",
  input: replayStepSchema,
  run: ({ tx, input, reach }) => takeStep(tx, { ...input, reach, step: "discard" }),
  audit: stepNote,
});
