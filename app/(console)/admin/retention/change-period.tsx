"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Select } from "@/components/ui/field";
import { retentionFacts } from "@/lib/core/retention/kinds";
import { type ChoosableKind, choosableDays } from "@/lib/core/retention/periods";
import { useStepUp } from "../../step-up";
import { askForPeriod } from "./actions";

type Period = { readonly kind: ChoosableKind; readonly days: number };

/** Asks a second person to keep a kind of record for longer or less long. */
export function ChangePeriod({ periods }: { readonly periods: readonly Period[] }) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [isOpen, setIsOpen] = useState(false);
  const [chosen, setChosen] = useState(periods[0]);
  const [problem, setProblem] = useState<string>();
  const [said, setSaid] = useState("");
  if (chosen === undefined) return null;
  const { least, most } = choosableDays[chosen.kind];
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const days = new FormData(event.currentTarget).get("days");
    const answer = await withStepUp(() => askForPeriod({ record: chosen.kind, days }));
    setProblem(answer.ok ? undefined : answer.message);
    if (!answer.ok) return;
    setSaid("A second person is asked.");
    setIsOpen(false);
    router.refresh();
  };
  return (
    <div className="flex items-center gap-3 pt-3">
      <Dialog
        title="Change how long records are kept"
        description="It takes a second person, and privacy officers are told. The other periods are part of how figures are counted and are fixed."
        trigger={<Button>Change a period</Button>}
        isOpen={isOpen}
        onOpenChange={setIsOpen}
      >
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
          <Field label="Kind of record">
            {(ids) => (
              <Select
                {...ids}
                value={chosen.kind}
                onChange={({ target }) =>
                  setChosen(periods.find(({ kind }) => kind === target.value) ?? chosen)
                }
              >
                {periods.map(({ kind }) => (
                  <option key={kind} value={kind}>
                    {retentionFacts[kind].title}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field
            label="Days"
            hint={`Now ${chosen.days}; from ${least} to ${most}. What becomes too old is deleted within an hour of the approval.`}
            error={problem}
          >
            {(ids) => (
              <Input
                {...ids}
                key={chosen.kind}
                name="days"
                type="number"
                min={least}
                max={most}
                defaultValue={chosen.days}
                required
                className="w-28"
              />
            )}
          </Field>
          <div>
            <Button type="submit" look="primary">
              Ask for it
            </Button>
          </div>
        </form>
      </Dialog>
      <span role="status">{said}</span>
    </div>
  );
}
