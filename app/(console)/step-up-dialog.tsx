"use client";
import { LinkButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { FactorChoice } from "@/lib/auth/current-second-factor";
import { FactorForm } from "../(auth)/factor-form";
import { proveAgain } from "./prove-again";

type StepUpDialogProps = {
  readonly choice: FactorChoice;
  /** A code will not do: the act is one of an administrator. */
  readonly isPasskeyAsked: boolean;
  readonly onEnd: (isProved: boolean) => void;
};

/** Asks for a second factor in the middle of an act. Closing it leaves the act undone. */
export function StepUpDialog({ choice, isPasskeyAsked, onEnd }: StepUpDialogProps) {
  return (
    <Dialog
      title="Prove that it is you"
      description={
        isPasskeyAsked
          ? "Administrators prove themselves by a passkey or security key for this."
          : "This needs a second factor from the last five minutes. What you typed is kept."
      }
      isOpen
      onOpenChange={() => onEnd(false)}
    >
      {isPasskeyAsked && !choice.hasPasskey ? (
        <div className="flex flex-col items-start gap-3">
          <p>
            You have none yet. Add one under Account, Security; a code of your app is enough for the first.
          </p>
          <LinkButton look="primary" href="/account">
            Add a passkey
          </LinkButton>
        </div>
      ) : (
        <FactorForm
          choice={choice}
          isPasskeyAsked={isPasskeyAsked}
          prove={(answer) => proveAgain(answer)}
          onProved={() => onEnd(true)}
          failure="Not proved"
        />
      )}
    </Dialog>
  );
}
