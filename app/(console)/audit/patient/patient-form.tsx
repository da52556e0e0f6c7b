"use client";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { PanelBody } from "@/components/ui/panel";
import type { TimeRange } from "@/lib/core/time/range";
import type { ActionResult } from "@/lib/http/action";
import type { PatientAccessAnswer } from "@/lib/services/disclosure/find-patient-access";
import { AccessAnswer } from "./access-answer";
import { lookUpAccess } from "./actions";
import type { Asked } from "./export-buttons";

type PatientFormProps = { readonly range: TimeRange; readonly zone: string; readonly now: Date };

/** Number and issuer, which stay in this component and in request bodies. */
export function PatientForm({ range, zone, now }: PatientFormProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const [answer, setAnswer] = useState<ActionResult<PatientAccessAnswer>>();
  const lookUp = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "");
    const wanted = { value: text("value"), assigningAuthority: text("assigningAuthority"), range };
    setIsBusy(true);
    setAnswer(await lookUpAccess(wanted));
    setAsked({ ...wanted, zone });
    setIsBusy(false);
  };
  return (
    <>
      <form
        onSubmit={(event) => void lookUp(event)}
        autoComplete="off"
        data-screen-only=""
        className="flex flex-wrap items-start gap-2"
      >
        <Field label="Patient's number" hint="As it stands in PID-3, compared whole.">
          {(ids) => <Input {...ids} name="value" required maxLength={256} className="w-64 font-mono" />}
        </Field>
        <Field
          label="Issuer of the number"
          hint="The assigning authority; without it a number means nothing."
        >
          {(ids) => <Input {...ids} name="assigningAuthority" required maxLength={128} className="w-56" />}
        </Field>
        <Button type="submit" look="primary" disabled={isBusy} className="mt-[1.4rem]">
          {isBusy ? "Looking" : "Look up"}
        </Button>
      </form>
      {answer === undefined || asked === undefined ? null : answer.ok ? (
        <AccessAnswer answer={answer.result} asked={asked} now={now} />
      ) : (
        <PanelBody state={{ kind: "error", title: answer.message, requestId: answer.requestId }} />
      )}
    </>
  );
}
