"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, TextArea } from "@/components/ui/field";
import { rotaFaultTexts } from "@/lib/core/notice/rota-csv";
import type { RotaPreview } from "@/lib/services/on-call/import-rota";
import { bring, look } from "./actions";

/** Brings a rota in: pasted, looked at line by line, then added as a whole. */
export function ImportRota({ teamId, zone }: { readonly teamId: string; readonly zone: string }) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState("");
  const [preview, setPreview] = useState<RotaPreview>();
  const [problem, setProblem] = useState<string>();
  const show = async () => {
    const answer = await look({ teamId, text });
    setPreview(answer.ok ? answer.result : undefined);
    setProblem(answer.ok ? undefined : answer.message);
  };
  const add = async () => {
    const answer = await bring({ teamId, text });
    setProblem(answer.ok ? undefined : answer.message);
    if (!answer.ok) return;
    setIsOpen(false);
    setText("");
    setPreview(undefined);
    router.refresh();
  };
  const isReady = preview !== undefined && preview.faults.length === 0 && preview.added > 0;
  return (
    <Dialog
      title="Import a rota"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={<Button>Import CSV</Button>}
    >
      <div className="flex flex-col gap-4">
        <Field
          label="Lines"
          hint={`person,from,until,override – such as anna@example.org,2026-11-24 08:00,2026-11-25 08:00. Times in ${zone}; override may be left out.`}
          error={problem}
        >
          {(ids) => (
            <TextArea
              {...ids}
              rows={10}
              className="font-mono"
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setPreview(undefined);
              }}
            />
          )}
        </Field>
        {preview ? <Preview of={preview} /> : null}
        <div className="flex gap-2">
          <Button disabled={text === ""} onClick={() => void show()}>
            Look at it first
          </Button>
          <Button look="primary" disabled={!isReady} onClick={() => void add()}>
            Add the shifts
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Preview({ of: { faults, added, known, trouble } }: { readonly of: RotaPreview }) {
  return (
    <div role="status" className="flex flex-col gap-1">
      <p>
        {added} new, {known} in the rota already. Afterwards there are {trouble.gaps.length} gaps and{" "}
        {trouble.overlaps.length} overlaps between its first and last line.
      </p>
      {faults.length > 0 ? (
        <ul className="text-critical">
          {faults.slice(0, 50).map(({ line, fault }) => (
            <li key={line}>
              Line {line}: {rotaFaultTexts[fault]}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
