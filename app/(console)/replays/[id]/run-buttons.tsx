"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, type ButtonLook } from "@/components/ui/button";
import type { RunState } from "@/lib/core/replay/states";
import type { ActionResult } from "@/lib/http/action";
import { useStepUp } from "../../step-up";
import { discard, finish, resume, start, stop } from "../actions";

type RunButtonsProps = { readonly id: string; readonly version: number; readonly state: RunState };

/** The steps that are possible now. A second click finds them done. */
export function RunButtons({ id, version, state }: RunButtonsProps) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const take = async (step: Step) => {
    setIsBusy(true);
    const answer = await withStepUp(() => step.act({ id, version })).finally(() => setIsBusy(false));
    setProblem(answer.ok ? "" : answer.message);
    router.refresh();
  };
  return (
    <>
      <span role="status" className="text-critical">
        {problem}
      </span>
      {stepsOf[state].map((step) => (
        <Button key={step.label} look={step.look} disabled={isBusy} onClick={() => void take(step)}>
          {step.label}
        </Button>
      ))}
    </>
  );
}

type Step = {
  readonly label: string;
  readonly look: ButtonLook;
  readonly act: (input: unknown) => Promise<ActionResult<unknown>>;
};

const givesUp: Step = { label: "Give up", look: "secondary", act: discard };

const stepsOf: Readonly<Record<RunState, readonly Step[]>> = {
  drafted: [givesUp],
  waiting: [],
  ready: [{ label: "Start sending", look: "primary", act: start }, givesUp],
  running: [{ label: "Stop", look: "danger", act: stop }],
  stopped: [
    { label: "Resume", look: "primary", act: resume },
    { label: "End it, leave the rest", look: "secondary", act: finish },
  ],
  done: [],
  discarded: [],
};
