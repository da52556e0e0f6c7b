"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { SourceDetail } from "@/lib/services/sources/read-source";
import { pause, resume } from "../actions";
import { SaidCallout } from "../said-callout";
import { useConnectionTest } from "../use-connection-test";

type SourceControlsProps = {
  readonly source: Pick<SourceDetail, "id" | "isPaused" | "canBeTested">;
};

/** Test, pause and resume of one source. */
export function SourceControls({ source: { id, isPaused, canBeTested } }: SourceControlsProps) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const { said, say, tryIt } = useConnectionTest();
  const turn = async () => {
    const answer = await (isPaused ? resume({ id }) : pause({ id }));
    if (answer.ok) return router.refresh();
    say({ tone: "warning", title: "Not done", text: answer.message });
    setIsOpen(true);
  };
  const test = () => {
    setIsOpen(true);
    void tryIt({ id });
  };
  return (
    <>
      {canBeTested ? <Button onClick={test}>Test connection</Button> : null}
      <Button onClick={() => void turn()}>{isPaused ? "Resume" : "Pause"}</Button>
      <Dialog title="Connection" isOpen={isOpen} onOpenChange={setIsOpen}>
        <SaidCallout said={said} />
      </Dialog>
    </>
  );
}
