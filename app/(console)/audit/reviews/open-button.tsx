"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, type ButtonLook } from "@/components/ui/button";
import type { ReviewKind } from "@/lib/core/audit/review-words";
import { open } from "./actions";

type OpenButtonProps = {
  readonly kind: ReviewKind;
  readonly from: Date;
  readonly zone: string;
  /** Spoken name of the period. */
  readonly of: string;
  readonly look: ButtonLook;
};

/** Opens the review of a period and leads to it. */
export function OpenButton({ kind, from, zone, of, look }: OpenButtonProps) {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const run = async () => {
    setIsBusy(true);
    const answer = await open({ kind, from, zone });
    setIsBusy(false);
    if (answer.ok) router.push(`/audit/reviews/${answer.result.id}`);
    else setProblem(answer.message);
  };
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Button
        look={look}
        disabled={isBusy}
        aria-label={`Begin the review of ${of}`}
        onClick={() => void run()}
      >
        {isBusy ? "Reading the trail" : "Begin"}
      </Button>
      {problem ? (
        <span role="alert" className="text-critical">
          {problem}
        </span>
      ) : null}
    </span>
  );
}
