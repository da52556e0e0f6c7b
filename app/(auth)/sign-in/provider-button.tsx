"use client";
import { signIn } from "next-auth/react";
import { useState } from "react";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { ProviderProblem } from "./provider-words";
import { SignInForm } from "./sign-in-form";

type ProviderButtonProps = {
  readonly next: string;
  readonly name: string;
  readonly problem: ProviderProblem | undefined;
  /** Whether a password opens emergency accounts alone. */
  readonly isOnlyWay: boolean;
};

/** The way by the identity provider, and folded below it the one by a local account. */
export function ProviderButton({ next, name, problem, isOnlyWay }: ProviderButtonProps) {
  const [isBusy, setIsBusy] = useState(false);
  const leave = async () => {
    setIsBusy(true);
    await signIn("oidc", { callbackUrl: next });
  };
  return (
    <>
      {problem ? (
        <Callout tone={problem.isAway ? "critical" : "warning"} title={problem.title}>
          {problem.text}
        </Callout>
      ) : null}
      <Button look={problem?.isAway ? "secondary" : "primary"} disabled={isBusy} onClick={() => void leave()}>
        {isBusy ? "One moment…" : `Sign in with ${name}`}
      </Button>
      <details open={problem?.isAway ?? false} className="border-t border-line pt-3">
        <summary className="mb-4 cursor-pointer text-muted">
          {isOnlyWay ? "Use an emergency account" : "Use a local account"}
        </summary>
        {isOnlyWay ? (
          <p className="mb-4 text-muted">
            For the day on which {name} does not answer. Every use is told to the privacy officer and
            reviewed.
          </p>
        ) : null}
        <SignInForm next={next} />
      </details>
    </>
  );
}
