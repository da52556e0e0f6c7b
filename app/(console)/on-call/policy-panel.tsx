import { Panel } from "@/components/ui/panel";
import type { Plan, Target } from "@/lib/core/notice/schema";
import type { listPolicies } from "@/lib/services/on-call/list-policies";
import type { Person, TeamView } from "@/lib/services/on-call/read-on-call";
import { AskButton } from "../admin/ask-button";
import { endPolicy } from "./actions";
import { NewPolicy } from "./new-policy";

type PolicyPanelProps = {
  readonly policies: Awaited<ReturnType<typeof listPolicies>>;
  readonly teams: readonly TeamView[];
  readonly people: readonly Person[];
  readonly mayWrite: boolean;
};

/** Whom an incident is told, step by step, until somebody acknowledges it. */
export function PolicyPanel({ policies, teams, people, mayWrite }: PolicyPanelProps) {
  const nameOf = (target: Target) => {
    if (target.kind === "department") return `on call in ${target.name}`;
    const named: readonly { readonly id: string; readonly name: string }[] =
      target.kind === "team" ? teams : people;
    return named.find(({ id }) => id === target.id)?.name ?? "somebody who is gone";
  };
  return (
    <Panel
      title="Who is told next"
      hint="A step that meets a gap falls through to the next at once; acknowledging ends it."
      actions={mayWrite ? <NewPolicy teams={teams} people={people} /> : null}
      state={
        policies.length > 0
          ? { kind: "ready" }
          : {
              kind: "empty",
              title: "No policy is made yet.",
              why: "Without one, incidents are for administrators.",
            }
      }
    >
      <div className="flex flex-col gap-4">
        {policies.map(({ id, name, department, plan }) => (
          <section key={id} className="flex flex-col gap-1">
            <h3 className="font-medium">
              {name} <span className="font-normal text-muted">· {department ?? "all others"}</span>
            </h3>
            <ol className="list-decimal pl-5">
              {stepsOf(plan).map(({ place, targets, afterMinutes }) => (
                <li key={place}>
                  {targets.map(nameOf).join(", ")}
                  <span className="text-muted"> {waitText(afterMinutes)}</span>
                </li>
              ))}
            </ol>
            <p className="text-12 text-muted">
              {plan.repeats === 0
                ? "Gone through once."
                : `Gone through ${plan.repeats + 1} times, ${plan.repeatAfterMinutes} minutes apart, while nobody answers.`}
            </p>
            {mayWrite ? (
              <div>
                <AskButton
                  act={endPolicy.bind(null, { id })}
                  label="Remove"
                  busyLabel="Removing…"
                  title={`Remove ${name}`}
                >
                  <p>
                    Its incidents go by the policy for all others, or to administrators where there is none.
                  </p>
                </AskButton>
              </div>
            ) : null}
          </section>
        ))}
      </div>
    </Panel>
  );
}

/** All steps with their places; the last resort is the last. */
function stepsOf({ steps, lastResort }: Plan) {
  return [...steps, lastResort].map((step, i) => ({ ...step, place: i + 1 }));
}

function waitText(minutes: number): string {
  return minutes === 0 ? "at once" : `after ${minutes} minutes`;
}
