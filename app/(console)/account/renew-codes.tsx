"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { RecoveryCodes } from "../../(auth)/recovery-codes";
import { useStepUp } from "../step-up";
import { renewCodes } from "./actions";

/** New recovery codes after a fresh factor; those before stop working. */
export function RenewCodes() {
  const withStepUp = useStepUp();
  const [isOpen, setIsOpen] = useState(false);
  const [codes, setCodes] = useState<readonly string[]>();
  const [problem, setProblem] = useState("");
  const turn = (isNowOpen: boolean) => {
    setIsOpen(isNowOpen);
    setCodes(undefined);
    setProblem("");
  };
  const make = async () => {
    const answer = await withStepUp(() => renewCodes());
    setProblem(answer.ok ? "" : answer.message);
    if (answer.ok) setCodes(answer.result);
  };
  return (
    <Dialog
      title={codes ? "Keep your recovery codes" : "New recovery codes"}
      isOpen={isOpen}
      onOpenChange={turn}
      trigger={<Button>New recovery codes</Button>}
      footer={
        codes ? (
          <Button look="primary" onClick={() => turn(false)}>
            I have kept them
          </Button>
        ) : (
          <Button look="primary" onClick={() => void make()}>
            Make them
          </Button>
        )
      }
    >
      {codes ? (
        <div className="flex flex-col items-start gap-3">
          <RecoveryCodes codes={codes} />
        </div>
      ) : (
        <>
          <p>The codes that you have now stop working.</p>
          <p role="alert" className="text-critical">
            {problem}
          </p>
        </>
      )}
    </Dialog>
  );
}
