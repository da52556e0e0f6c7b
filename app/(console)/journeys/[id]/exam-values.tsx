"use client";
import { useState } from "react";
import { TimeLeft } from "@/components/disclosure/time-left";
import { objectTitles } from "@/components/journey/journey-words";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { KeyValueList } from "@/components/ui/key-value";
import type { ExamValues as Values } from "@/lib/services/journeys/read-exam-values";
import { AskValues } from "../../ask-values";
import { askForExam, fetchExam } from "./actions";

/**
 * The patient and the numbers of this one exam, asked for with a reason. They live in this component alone, never in the
 * page's own markup or address, and are dropped when the time is over.
 */
export function ExamValues({ id, isOpen }: { readonly id: string; readonly isOpen: boolean }) {
  const [values, setValues] = useState<Values>();
  const [isStillOpen, setIsStillOpen] = useState(isOpen);
  const [said, setSaid] = useState("");
  const show = async () => {
    const answer = await fetchExam({ id });
    setValues(answer.ok ? answer.result : undefined);
    setIsStillOpen(answer.ok);
    setSaid(answer.ok ? "" : answer.message);
  };
  const mask = (isOver: boolean) => {
    setValues(undefined);
    setIsStillOpen(!isOver);
    setSaid("The values are masked again.");
  };
  if (values === undefined) {
    return (
      <div className="flex flex-wrap items-center gap-2">
        {isStillOpen ? (
          <Button onClick={() => void show()}>Show values again</Button>
        ) : (
          <AskValues of="exam" ask={(why) => askForExam({ id, ...why })} onGranted={show} />
        )}
        <span role="status">{said}</span>
      </div>
    );
  }
  return (
    <Callout
      tone="warning"
      title={
        <>
          Patient data in clear, masked again in{" "}
          <TimeLeft key={values.remainingMs} remainingMs={values.remainingMs} onOver={() => mask(true)} />
        </>
      }
      actions={<Button onClick={() => mask(false)}>Mask now</Button>}
    >
      <Objects values={values} />
    </Callout>
  );
}

function Objects({ values: { objects } }: { readonly values: Values }) {
  return (
    <ul className="mt-2 grid gap-4 md:grid-cols-2">
      {objects.map(({ key, source, kind, values }) => (
        <li key={key}>
          <h3 className="mb-1 font-medium">
            {source} <span className="font-normal text-muted">{objectTitles[kind]}</span>
          </h3>
          <KeyValueList items={values.map(({ label, value }) => ({ key: label, value }))} />
        </li>
      ))}
    </ul>
  );
}
