"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { plan } from "../actions";

/** Plans a stretch in which the system is not to be expected to work; times are of this browser's zone. */
export function PlanMaintenance({ systemId }: { readonly systemId: string }) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const instant = (name: string) => new Date(String(form.get(name))).toISOString();
    const answer = await plan({
      systemId,
      what: form.get("what"),
      from: instant("from"),
      until: instant("until"),
    });
    setProblem(answer.ok ? undefined : problemOf(answer));
    if (!answer.ok) return;
    setIsOpen(false);
    router.refresh();
  };
  return (
    <Dialog
      title="Plan maintenance"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={<Button>Plan maintenance</Button>}
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="What is done">{(ids) => <Input {...ids} name="what" maxLength={200} required />}</Field>
        <Field label="From" hint="In the zone of this computer.">
          {(ids) => <Input {...ids} name="from" type="datetime-local" className="w-60" required />}
        </Field>
        <Field label="Until" hint="30 days at most." error={problem}>
          {(ids) => <Input {...ids} name="until" type="datetime-local" className="w-60" required />}
        </Field>
        <div>
          <Button type="submit" look="primary">
            Plan it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function problemOf(answer: { readonly message: string; readonly fields: readonly string[] }): string {
  return answer.fields.includes("until")
    ? "It must end after it begins, and within 30 days."
    : answer.message;
}
