"use client";
import { useState } from "react";
import { Callout } from "@/components/ui/banner";
import { Button, LinkButton } from "@/components/ui/button";
import { acknowledge } from "./acknowledge";

/** The secret stands in the fragment of the address, which is sent to no server but by pressing the button. */
export function AcknowledgeForm() {
  const [problem, setProblem] = useState<string>();
  const [path, setPath] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const press = async () => {
    setIsBusy(true);
    const answer = await acknowledge(location.hash.slice(1));
    setIsBusy(false);
    setProblem(answer.ok ? undefined : answer.message);
    if (!answer.ok) return;
    setPath(answer.result.path);
    // Neither the address nor the history keeps the secret.
    history.replaceState(null, "", location.pathname);
  };
  if (path !== undefined) {
    return (
      <Callout tone="notice" title="Acknowledged">
        It is yours now. <LinkButton href={path}>Open it</LinkButton>
      </Callout>
    );
  }
  return (
    <>
      {problem ? (
        <Callout tone="warning" title="Not acknowledged">
          {problem}
        </Callout>
      ) : null}
      <div>
        <Button look="primary" disabled={isBusy} onClick={() => void press()}>
          {isBusy ? "Acknowledging…" : "I see to it"}
        </Button>
      </div>
    </>
  );
}
