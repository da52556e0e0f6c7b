"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { beginDemo } from "./begin-demo";

/** Starts the demo hospital and goes to the overview, where its past appears within a minute or two. */
export function StartDemo() {
  const router = useRouter();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const start = async () => {
    setIsBusy(true);
    const answer = await beginDemo();
    if (answer.ok) return router.push("/");
    setIsBusy(false);
    setProblem(answer.message);
  };
  return (
    <>
      <Button disabled={isBusy} onClick={() => void start()}>
        {isBusy ? "Starting…" : "Start the demo hospital"}
      </Button>
      <p className="text-12 text-muted">
        Made-up interfaces with thirteen months of history, removable without a trace. Real sources need a
        database without it.
      </p>
      {problem ? (
        <Callout tone="warning" title="Not started">
          {problem}
        </Callout>
      ) : null}
    </>
  );
}
