"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, type ButtonLook } from "@/components/ui/button";
import type { ActionResult } from "@/lib/http/action";
import { useStepUp } from "../step-up";

type ActButtonProps = {
  readonly act: () => Promise<ActionResult<unknown>>;
  readonly label: string;
  /** Spoken name where the label alone does not say of what. */
  readonly of?: string;
  readonly busyLabel: string;
  readonly done?: string;
  /** What it began goes on after the answer: it stays busy until the page says otherwise. */
  readonly isUnderWay?: boolean;
  readonly look?: ButtonLook;
};

/** A button that acts at once, after a fresh second factor where one is needed, and says what came of it. */
export function ActButton({
  act,
  label,
  of,
  busyLabel,
  done = "",
  isUnderWay = false,
  look = "secondary",
}: ActButtonProps) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [isBusy, setIsBusy] = useState(false);
  const [said, setSaid] = useState("");
  const run = async () => {
    setIsBusy(true);
    setSaid("");
    const answer = await withStepUp(act);
    setIsBusy(false);
    setSaid(answer.ok ? done : answer.message);
    router.refresh();
  };
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Button look={look} aria-label={of} disabled={isBusy || isUnderWay} onClick={() => void run()}>
        {isBusy || isUnderWay ? busyLabel : label}
      </Button>
      <span role="status">{said}</span>
    </span>
  );
}
