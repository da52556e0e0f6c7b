"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Button, type ButtonLook } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ActionResult } from "@/lib/http/action";
import { useStepUp } from "../step-up";

type AskButtonProps = {
  readonly act: () => Promise<ActionResult<unknown>>;
  readonly label: string;
  readonly busyLabel: string;
  readonly title: string;
  readonly look?: ButtonLook;
  /** What it means to go on. */
  readonly children: ReactNode;
};

/** A button that asks once before it acts. */
export function AskButton({ act, label, busyLabel, title, look = "danger", children }: AskButtonProps) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [isOpen, setIsOpen] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const run = async () => {
    setIsBusy(true);
    const answer = await withStepUp(act);
    setIsBusy(false);
    setProblem(answer.ok ? "" : answer.message);
    if (answer.ok) setIsOpen(false);
    router.refresh();
  };
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={<Button look={look}>{label}</Button>}
      footer={
        <>
          <Button disabled={isBusy} onClick={() => setIsOpen(false)}>
            Leave it
          </Button>
          <Button look="danger" disabled={isBusy} onClick={() => void run()}>
            {isBusy ? busyLabel : label}
          </Button>
        </>
      }
    >
      {children}
      <p role="alert" className="text-critical">
        {problem}
      </p>
    </Dialog>
  );
}
