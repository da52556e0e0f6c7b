"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button, type ButtonLook } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ActionResult } from "@/lib/http/action";
import { useStepUp } from "./step-up";

type FormDialogProps<Result> = {
  readonly title: string;
  readonly description?: ReactNode;
  /** The button that opens it. */
  readonly trigger: ReactNode;
  /** What the button at the end of the form says. */
  readonly submitLabel: string;
  readonly look?: ButtonLook;
  readonly act: (form: FormData) => Promise<ActionResult<Result>>;
  /** The sentence for a refusal; default: the server's. */
  readonly problemOf?: (refusal: Refusal) => string;
  /** What is said beside the trigger once it is done. */
  readonly said?: (result: Result) => string;
  /** Takes the place of the form once it is done and is forgotten when the dialog closes: a secret, a link. */
  readonly shown?: (result: Result) => ReactNode;
  /** The fields, given the sentence of the last refusal. */
  readonly children: (problem: string | undefined) => ReactNode;
};

type Refusal = Extract<ActionResult<unknown>, { ok: false }>;

/** A form in a dialog: sends, asks for a fresh second factor where the act needs one, closes and reads the page anew. */
export function FormDialog<Result>(props: FormDialogProps<Result>) {
  const { title, description, trigger, submitLabel, look = "primary", act, shown, children } = props;
  const router = useRouter();
  const withStepUp = useStepUp();
  const [isOpen, setIsOpen] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [done, setDone] = useState<{ readonly result: Result }>();
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setIsBusy(true);
    const answer = await withStepUp(() => act(form)).finally(() => setIsBusy(false));
    setProblem(answer.ok ? undefined : (props.problemOf?.(answer) ?? answer.message));
    if (!answer.ok) return;
    setDone(answer);
    if (shown === undefined) setIsOpen(false);
    router.refresh();
  };
  const move = (opens: boolean) => {
    setIsOpen(opens);
    setProblem(undefined);
    setDone(undefined);
  };
  return (
    <>
      {props.said ? <span role="status">{done ? props.said(done.result) : ""}</span> : null}
      <Dialog
        title={title}
        {...(description === undefined ? {} : { description })}
        trigger={trigger}
        isOpen={isOpen}
        onOpenChange={move}
      >
        {shown && done ? (
          shown(done.result)
        ) : (
          <form onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
            {children(problem)}
            <div>
              <Button type="submit" look={look} disabled={isBusy}>
                {submitLabel}
              </Button>
            </div>
          </form>
        )}
      </Dialog>
    </>
  );
}
