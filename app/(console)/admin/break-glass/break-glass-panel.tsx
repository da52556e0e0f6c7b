"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { ReasonFields } from "@/components/disclosure/reason-fields";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { useStepUp } from "../../step-up";
import { breakTheGlass } from "./actions";

/** Begins an emergency access. While one runs, the line across the page says so and ends it. */
export function BreakGlassPanel({ isRunning }: { readonly isRunning: boolean }) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [problem, setProblem] = useState("");
  const [refused, setRefused] = useState<readonly string[]>([]);
  const begin = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const wanted = { reason: form.get("reason"), reasonText: form.get("reasonText") };
    const answer = await withStepUp(() => breakTheGlass(wanted));
    setProblem(answer.ok ? "" : answer.message);
    setRefused(answer.ok ? [] : answer.fields);
    if (answer.ok) router.refresh();
  };
  return (
    <Panel title="Break the glass" hint="For an emergency outside your department or your rights">
      {isRunning ? (
        <p>Your emergency access runs. It cannot be prolonged.</p>
      ) : (
        <form
          onSubmit={(event) => void begin(event)}
          className="flex max-w-xl flex-col gap-4"
          autoComplete="off"
        >
          <ReasonFields refused={refused} />
          {problem ? (
            <p role="alert" className="text-critical">
              {problem}
            </p>
          ) : null}
          <div>
            <Button look="danger" type="submit">
              Open for 30 minutes
            </Button>
          </div>
        </form>
      )}
    </Panel>
  );
}
