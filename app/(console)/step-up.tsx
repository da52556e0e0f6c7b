"use client";
import { createContext, type ReactNode, useCallback, useContext, useState } from "react";
import type { FactorChoice } from "@/lib/auth/current-second-factor";
import type { ActionResult } from "@/lib/http/action";
import { StepUpDialog } from "./step-up-dialog";

/** Runs an act; where it needs a fresh second factor, asks for one and runs it again. What was typed stays. */
type RunWithStepUp = <Result>(act: () => Promise<ActionResult<Result>>) => Promise<ActionResult<Result>>;

const StepUp = createContext<RunWithStepUp>((act) => act());

/** `const withStepUp = useStepUp()`, then `await withStepUp(() => makeToken(input))`. */
export function useStepUp(): RunWithStepUp {
  return useContext(StepUp);
}

/** Holds the one dialog that asks for a second factor anew, for every page below. */
export function StepUpProvider({ choice, children }: StepUpProviderProps) {
  const [waiting, setWaiting] = useState<Waiting>();
  const run: RunWithStepUp = useCallback(async (act) => {
    const first = await act();
    if (first.ok || first.code !== "step_up_required") return first;
    const { isPasskeyAsked } = first;
    const isProved = await new Promise<boolean>((settle) => setWaiting({ settle, isPasskeyAsked }));
    setWaiting(undefined);
    return isProved ? act() : first;
  }, []);
  return (
    <StepUp value={run}>
      {children}
      {waiting ? (
        <StepUpDialog choice={choice} isPasskeyAsked={waiting.isPasskeyAsked} onEnd={waiting.settle} />
      ) : null}
    </StepUp>
  );
}
type Waiting = { readonly settle: (isProved: boolean) => void; readonly isPasskeyAsked: boolean };
type StepUpProviderProps = { readonly choice: FactorChoice; readonly children: ReactNode };
