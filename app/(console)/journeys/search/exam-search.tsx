"use client";
import { useState, useTransition } from "react";
import { ExamTable } from "@/components/journey/exam-table";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field, Input } from "@/components/ui/field";
import { Panel, PanelBody } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { ActionResult } from "@/lib/http/action";
import type { ExamSearch as Found } from "@/lib/services/journeys/search-exams";
import { search } from "./actions";

type View = {
  readonly zone: string;
  readonly now: Date;
  readonly params: Readonly<Record<string, string>>;
};

/** One box for accession and MRN. */
export function ExamSearch({ issuers, ...view }: View & { readonly issuers: readonly string[] }) {
  const [answer, setAnswer] = useState<ActionResult<Found>>();
  const [isBusy, startSearch] = useTransition();
  const lookUp = (form: FormData) =>
    startSearch(async () => setAnswer(await search({ text: form.get("text"), issuer: form.get("issuer") })));
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          lookUp(new FormData(event.currentTarget));
        }}
        autoComplete="off"
        className="mb-4 flex flex-wrap items-start gap-2"
      >
        <Field label="Accession or MRN" hint="Compared whole.">
          {(ids) => (
            <Input {...ids} name="text" data-search="" required maxLength={64} className="w-72 font-mono" />
          )}
        </Field>
        <Field label="Issuer" hint="Left empty, every issuer that is known is tried." isOptional>
          {(ids) => (
            <>
              <Input {...ids} name="issuer" list="exam-issuers" maxLength={128} className="w-56" />
              <datalist id="exam-issuers">
                {issuers.map((name) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
            </>
          )}
        </Field>
        <Button type="submit" look="primary" disabled={isBusy} className="mt-[1.4rem]">
          {isBusy ? "Looking" : "Find"}
        </Button>
      </form>
      {isBusy ? <SkeletonRows rows={4} /> : answer ? <Answer answer={answer} {...view} /> : null}
    </>
  );
}

function Answer({ answer, ...view }: View & { readonly answer: ActionResult<Found> }) {
  if (!answer.ok) {
    return <PanelBody state={{ kind: "error", title: answer.message, requestId: answer.requestId }} />;
  }
  const { rows, isCut, issuers } = answer.result;
  return (
    <div role="status">
      {rows.length > 0 ? (
        <Panel
          title={`${rows.length}${isCut ? "+" : ""} ${rows.length === 1 ? "exam" : "exams"}`}
          hint={isCut ? "The newest are shown; there are more." : "Newest first"}
        >
          <ExamTable caption="Exams that were found" rows={rows} {...view} />
        </Panel>
      ) : (
        <EmptyState title="No exam that is kept carries this number.">
          {issuers.length > 0
            ? `As an MRN it was looked for with the issuer ${issuers.join(", ")}.`
            : "It was not looked for as an MRN, since no issuer is known: an MRN means nothing without one."}
        </EmptyState>
      )}
    </div>
  );
}
