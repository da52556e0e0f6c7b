import type { Actor } from "@/lib/core/authz/actor";
import { AppError } from "@/lib/core/errors";
import { type HoldSubject, type HoldToPlace, placeHoldSchema } from "@/lib/core/retention/schema";
import { patientRef } from "@/lib/crypto/keyed-hash";
import { insertHold } from "@/lib/db/legal-holds";
import { command } from "@/lib/services/command";

/**
 * Puts a patient, a person or a period on hold: from now on nothing that matches is deleted. Input as in
 * `placeHoldSchema`; of a patient only the keyed reference is kept.
 * @throws AppError forbidden, also for whoever is no person | bad_request
 */
export const placeHold = command({
  permission: "legal-hold.write",
  stepUp: true,
  input: placeHoldSchema,
  run: async ({ tx, actor, input, now }) => {
    const placedBy = personOf(actor);
    return { id: await insertHold(tx, { subject: subjectOf(input), reason: input.reason, placedBy, now }) };
  },
  audit: ({ input, result }) => ({
    action: "C",
    entityType: "legal-hold",
    entityId: result.id,
    detail: {
      kind: input.kind,
      ...(input.kind === "period" ? { from: input.from.toISOString(), to: input.to.toISOString() } : {}),
    },
  }),
});

/** Two people are what a hold rests on: the product itself places and lifts none. @throws AppError forbidden */
export function personOf(actor: Actor): string {
  if (actor.kind === "user") return actor.id;
  throw new AppError("forbidden", "Only people place and lift holds.");
}

function subjectOf(input: HoldToPlace): HoldSubject {
  switch (input.kind) {
    case "patient":
      return { kind: "patient", reference: patientRef(input).toString("hex") };
    case "person":
      return { kind: "person", person: input.person };
    case "period":
      return { kind: "period", from: input.from, to: new Date(input.to.getTime() + DAY_MS) };
  }
}

const DAY_MS = 86_400_000;
