"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import type { ActionResult } from "@/lib/http/action";
import { useStepUp } from "../step-up";
import { approveRequest, declineRequest } from "./actions";

type DecisionButtonsProps = { readonly id: string; readonly what: string };

/** Approve or decline, each after one more look at what happens. */
export function DecisionButtons({ id, what }: DecisionButtonsProps) {
  return (
    <>
      <Decision id={id} what={what} kind="decline" />
      <Decision id={id} what={what} kind="approve" />
    </>
  );
}

function Decision({ id, what, kind }: DecisionButtonsProps & { readonly kind: "approve" | "decline" }) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [problem, setProblem] = useState<string>();
  const { label, title, hint, look, act } = decisions[kind];
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = new FormData(event.currentTarget).get("reason");
    const answer = await withStepUp(() => act({ id, reason }));
    const said = answer.ok ? voidText(answer.result) : answer.message;
    setProblem(said);
    if (said === undefined) router.refresh();
  };
  return (
    <Dialog title={title} description={what} trigger={<Button look={look}>{label}</Button>}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Reason" hint={hint} error={problem} isOptional={kind === "approve"}>
          {(ids) => <Input {...ids} name="reason" maxLength={500} required={kind === "decline"} />}
        </Field>
        <div>
          <Button type="submit" look={look}>
            {label}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Why an approval changed nothing, where that is so. */
function voidText(result: object): string | undefined {
  return "why" in result ? `Nothing was done. ${String(result.why)}` : undefined;
}

const decisions = {
  approve: {
    label: "Approve",
    title: "Approve and carry out",
    hint: "It happens at once. Kept in the audit trail.",
    look: "primary",
    act: async (input: unknown): Promise<ActionResult<object>> => approveRequest(input),
  },
  decline: {
    label: "Decline",
    title: "Decline",
    hint: "Whoever asked reads it.",
    look: "secondary",
    act: async (input: unknown): Promise<ActionResult<object>> => declineRequest(input),
  },
} as const;
