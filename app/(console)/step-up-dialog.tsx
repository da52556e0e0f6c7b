"use client";
import { Dialog } from "@/components/ui/dialog";
import type { FactorChoice } from "@/lib/auth/current-second-factor";
import { FactorForm } from "../(auth)/factor-form";
import { proveAgain } from "./prove-again";

type StepUpDialogProps = { readonly choice: FactorChoice; readonly onEnd: (isProved: boolean) => void };

/** Asks for a second factor in the middle of an act. Closing it leaves the act undone. */
export function StepUpDialog({ choice, onEnd }: StepUpDialogProps) {
  return (
    <Dialog
      title="Prove that it is you"
      description="This needs a second factor from the last five minutes. What you typed is kept."
      isOpen
      onOpenChange={() => onEnd(false)}
    >
      <FactorForm
        choice={choice}
        prove={(answer) => proveAgain(answer)}
        onProved={() => onEnd(true)}
        failure="Not proved"
      />
    </Dialog>
  );
}
