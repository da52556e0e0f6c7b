"use client";
import type { FactorChoice } from "@/lib/auth/current-second-factor";
import { FactorForm } from "../factor-form";
import { answerChallenge } from "./answer-challenge";

type ChallengeFormProps = { readonly next: string; readonly choice: FactorChoice };

/** A second factor; on success on to `next`, a path of this product. */
export function ChallengeForm({ next, choice }: ChallengeFormProps) {
  return (
    <FactorForm choice={choice} prove={(answer) => answerChallenge(answer, next)} failure="Not signed in" />
  );
}
