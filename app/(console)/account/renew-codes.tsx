"use client";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { CodeField } from "../../(auth)/code-field";
import { RecoveryCodes } from "../../(auth)/recovery-codes";
import { textOf } from "../../(auth)/submit-credentials";
import { renewCodes } from "./actions";

/** New recovery codes for a code of the app; those before stop working. */
export function RenewCodes() {
  const formId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [codes, setCodes] = useState<readonly string[]>();
  const [problem, setProblem] = useState("");
  const turn = (isNowOpen: boolean) => {
    setIsOpen(isNowOpen);
    setCodes(undefined);
    setProblem("");
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const answer = await renewCodes({ code: textOf(new FormData(event.currentTarget), "code") });
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
          <Button look="primary" type="submit" form={formId}>
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
        <form id={formId} onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
          <p>The codes that you have now stop working.</p>
          <CodeField kind="totp" />
          <p role="alert" className="text-critical">
            {problem}
          </p>
        </form>
      )}
    </Dialog>
  );
}
