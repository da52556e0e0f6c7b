"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import type { SourceDetail } from "@/lib/services/sources/read-source";
import { useStepUp } from "../../step-up";
import { update } from "../actions";
import { SaidCallout } from "../said-callout";
import { SourceFields, sourceInputOf } from "../source-fields";
import type { Said } from "../use-connection-test";

type SettingsPanelProps = {
  readonly source: Pick<SourceDetail, "id" | "name" | "fields" | "secrets">;
};

/** Name, settings and secrets of a saved source. Stored secrets are not shown; an empty field keeps them. */
export function SettingsPanel({ source }: SettingsPanelProps) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [said, setSaid] = useState<Said>();
  const [refused, setRefused] = useState<readonly string[]>([]);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const changed = { id: source.id, ...sourceInputOf(source, event.currentTarget) };
    const answer = await withStepUp(() => update(changed));
    setRefused(answer.ok ? [] : answer.fields);
    setSaid(
      answer.ok
        ? { tone: "notice", title: "Saved", text: "The source is read with the new settings within seconds." }
        : { tone: "warning", title: "Not saved", text: answer.message },
    );
    router.refresh();
  };
  return (
    <Panel title="Settings">
      <form onSubmit={(event) => void save(event)} className="flex max-w-xl flex-col gap-4">
        <SourceFields name={source.name} fields={source.fields} secrets={source.secrets} refused={refused} />
        <SaidCallout said={said} />
        <div>
          <Button type="submit" look="primary">
            Save settings
          </Button>
        </div>
      </form>
    </Panel>
  );
}
