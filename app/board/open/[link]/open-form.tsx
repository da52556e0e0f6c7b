"use client";
import { useState } from "react";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { openBoard } from "./open-board";

/** Sets this screen up; the board then shows times in the zone of this screen. */
export function OpenForm({ link }: { readonly link: string }) {
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const open = async () => {
    setIsBusy(true);
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const answer = await openBoard(link, timeZone);
    // A whole load in place of this page: the link stays neither in the address nor in the history.
    if (answer.ok) return location.replace("/board");
    setProblem(answer.message);
    setIsBusy(false);
  };
  return (
    <>
      {problem ? (
        <Callout tone="warning" title="Not set up">
          {problem}
        </Callout>
      ) : null}
      <div>
        <Button look="primary" disabled={isBusy} onClick={() => void open()}>
          {isBusy ? "Setting up…" : "Show it on this screen"}
        </Button>
      </div>
    </>
  );
}
