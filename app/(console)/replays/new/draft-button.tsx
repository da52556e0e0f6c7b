"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { draft } from "../actions";

type DraftButtonProps = {
  /** Chosen with the page: clicked twice, it is one draft. */
  readonly id: string;
  readonly places: readonly string[];
};

/** Freezes the selection and goes on to it. */
export function DraftButton({ id, places }: DraftButtonProps) {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const begin = async () => {
    setIsBusy(true);
    const answer = await draft({ id, places });
    if (answer.ok) return router.push(`/replays/${id}`);
    setIsBusy(false);
    setProblem(answer.message);
  };
  return (
    <div className="flex flex-col items-start gap-4">
      {problem ? (
        <Callout tone="warning" title="Not begun">
          {problem}
        </Callout>
      ) : null}
      <Button look="primary" disabled={isBusy} onClick={() => void begin()}>
        Check these messages
      </Button>
    </div>
  );
}
