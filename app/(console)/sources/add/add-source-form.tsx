"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import type { SourceKind } from "@/lib/services/sources/list-source-kinds";
import { useStepUp } from "../../step-up";
import { create } from "../actions";
import { SaidCallout } from "../said-callout";
import { SourceFields, sourceInputOf } from "../source-fields";
import { useConnectionTest } from "../use-connection-test";

/** The form of one kind of source, drawn from what its connector asks for. Can be tried before it is saved. */
export function AddSourceForm({ kind }: { readonly kind: SourceKind }) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const form = useRef<HTMLFormElement>(null);
  const [isBusy, setIsBusy] = useState(false);
  const { said, say, refused, setRefused, tryIt } = useConnectionTest();
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsBusy(true);
    const added = { kind: kind.kind, ...sourceInputOf(kind, event.currentTarget) };
    const answer = await withStepUp(() => create(added));
    setIsBusy(false);
    if (answer.ok) return router.push(`/sources/${answer.result.id}`);
    setRefused(answer.fields);
    say({ tone: "warning", title: "Not saved", text: answer.message });
  };
  const test = () => form.current && tryIt({ kind: kind.kind, ...sourceInputOf(kind, form.current) });
  return (
    <form ref={form} onSubmit={(event) => void save(event)} className="flex max-w-xl flex-col gap-4">
      <p className="text-muted">{kind.description}</p>
      <SourceFields fields={kind.fields} secrets={kind.secrets} refused={refused} />
      <SaidCallout said={said} />
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={isBusy}>
          {isBusy ? "Saving…" : "Save"}
        </Button>
        {kind.canBeTested ? <Button onClick={() => void test()}>Test connection</Button> : null}
      </div>
    </form>
  );
}
