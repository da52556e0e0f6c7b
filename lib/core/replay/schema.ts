import { z } from "zod";
import { MAX_ITEMS } from "./href";

/** A message on a leg, as printPlace writes it. */
const placeText = z.string().max(64);

/** `id`: chosen by whoever asks, so that a second click asks for the same. */
export const draftReplaySchema = z.object({
  id: z.uuid(),
  places: z.array(placeText).min(1).max(MAX_ITEMS),
});

export const replayIdSchema = z.object({ id: z.uuid() });

/** A step on the run as it was when it was decided on. */
export const replayStepSchema = replayIdSchema.extend({ version: z.coerce.number().int().min(0) });

export const tickSchema = replayStepSchema.extend({
  position: z.coerce.number().int().min(0),
  /** Empty takes the tick away. */
  reason: z.string().trim().max(200),
});

export const submitReplaySchema = replayStepSchema.extend({
  reason: z.string().trim().min(3).max(500),
  ticket: z.string().trim().max(100).default(""),
  perMinute: z.coerce.number().int().min(1).max(600).default(60),
  stopAfter: z.coerce.number().int().min(1).max(100).default(5),
});

export const switchReplaySchema = z.object({ id: z.coerce.number().int().min(1), isOn: z.boolean() });
