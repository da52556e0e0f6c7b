"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { Criticality } from "@/lib/core/interface/signs";
import { saveDetails } from "./actions";

type EditDetailsProps = {
  readonly interfaceId: number;
  readonly details: Readonly<Record<"sender" | "messageClass" | "department" | "owner", string | null>> & {
    readonly criticality: Criticality;
  };
};

/** What the engine cannot know of an interface, for people to say. */
export function EditDetails({ interfaceId, details }: EditDetailsProps) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [problem, setProblem] = useState("");
  const [isSaving, startSaving] = useTransition();
  const save = (form: FormData) =>
    startSaving(async () => {
      const answer = await saveDetails({ ...Object.fromEntries(form), interfaceId });
      setProblem(answer.ok ? "" : answer.message);
      if (!answer.ok) return;
      setIsOpen(false);
      router.refresh();
    });
  return (
    <Sheet
      title="Details of this interface"
      description="Changes are noted in the audit trail."
      trigger={<Button>Edit details</Button>}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
    >
      <form action={save} className="flex flex-col gap-3">
        {fields.map(({ name, label, hint }) => (
          <Field key={name} label={label} hint={hint} isOptional>
            {(ids) => <Input {...ids} name={name} defaultValue={details[name] ?? ""} maxLength={120} />}
          </Field>
        ))}
        <div>
          <p className="mb-1 font-medium">Criticality</p>
          <SegmentedControl
            legend="Criticality"
            name="criticality"
            defaultValue={details.criticality}
            segments={[
              { value: "low", label: "Low" },
              { value: "normal", label: "Normal" },
              { value: "high", label: "High" },
            ]}
          />
        </div>
        {problem ? (
          <p role="alert" className="text-critical">
            {problem}
          </p>
        ) : null}
        <Button type="submit" look="primary" disabled={isSaving}>
          {isSaving ? "Saving" : "Save"}
        </Button>
      </form>
    </Sheet>
  );
}

const fields = [
  { name: "sender", label: "Sender", hint: "The system that sends, as people call it." },
  { name: "messageClass", label: "Class", hint: "ADT, Orders, Results, Images, Documents …" },
  { name: "department", label: "Department", hint: "Who depends on it." },
  { name: "owner", label: "Owner", hint: "Who is asked when it breaks." },
] as const;
