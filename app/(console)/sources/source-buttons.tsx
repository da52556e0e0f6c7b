"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/http/action";
import { pause, resume, test } from "./actions";

type SourceButtonsProps = { readonly id: number; readonly name: string; readonly isPaused: boolean };

/** Test, pause and resume of one source, with what came of it. */
export function SourceButtons({ id, name, isPaused }: SourceButtonsProps) {
  const router = useRouter();
  const [said, setSaid] = useState("");
  const run = async (work: () => Promise<ActionResult<unknown>>) => {
    const answer = await work();
    setSaid(answer.ok ? "" : answer.message);
    router.refresh();
  };
  const tryIt = async () => {
    setSaid("Connecting…");
    const answer = await test({ id });
    setSaid(answer.ok ? answer.result.diagnosis : answer.message);
  };
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Button aria-label={`Test ${name}`} onClick={() => void tryIt()}>
        Test
      </Button>
      <Button
        aria-label={`${isPaused ? "Resume" : "Pause"} ${name}`}
        onClick={() => void run(() => (isPaused ? resume({ id }) : pause({ id })))}
      >
        {isPaused ? "Resume" : "Pause"}
      </Button>
      <span role="status">{said}</span>
    </span>
  );
}
