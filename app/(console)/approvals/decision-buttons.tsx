"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
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
  const [problem, setProblem] = useState<string>();
  const { label, title, hint, look, act } = decisions[kind];
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = new FormData(event.currentTarget).get("reason");
    const said = await act({ id, reason });
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

const decisions = {
  approve: {
    label: "Approve",
    title: "Approve and carry out",
    hint: "It happens at once. Kept in the audit trail.",
    look: "primary",
    act: async (input: unknown) => {
      const answer = await approveRequest(input);
      if (!answer.ok) return answer.message;
      return answer.result.outcome === "void" ? `Nothing was done. ${answer.result.why}` : undefined;
    },
  },
  decline: {
    label: "Decline",
    title: "Decline",
    hint: "Whoever asked reads it.",
    look: "secondary",
    act: async (input: unknown) => {
      const answer = await declineRequest(input);
      return answer.ok ? undefined : answer.message;
    },
  },
} as const;
