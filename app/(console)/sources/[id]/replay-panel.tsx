"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import type { SourceDetail } from "@/lib/services/sources/read-source";
import { useStepUp } from "../../step-up";
import { turnReplay } from "../actions";

type ReplayPanelProps = { readonly id: number; readonly replay: Exclude<SourceDetail["replay"], "none"> };

/** Whether failed messages of this source may be sent again. */
export function ReplayPanel({ id, replay }: ReplayPanelProps) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [problem, setProblem] = useState("");
  const isOn = replay === "on";
  const turn = async () => {
    const answer = await withStepUp(() => turnReplay({ id, isOn: !isOn }));
    setProblem(answer.ok ? "" : answer.message);
    router.refresh();
  };
  return (
    <Panel
      title="Sending again"
      hint="Failed messages of this source may be sent again by whoever has the right to, at most once in each replay."
      actions={
        replay === "not-ready" ? null : (
          <Button onClick={() => void turn()}>{isOn ? "Switch off" : "Switch on"}</Button>
        )
      }
    >
      <p role="status" className="text-critical">
        {problem}
      </p>
      {isOn ? <StatusWord state="ok">Switched on</StatusWord> : <StatusWord state="excluded">Off</StatusWord>}
      {replay === "not-ready" ? (
        <p className="text-muted">
          Enter an account for sending again in the settings below, with its password.
        </p>
      ) : null}
    </Panel>
  );
}
