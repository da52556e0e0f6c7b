import { Callout } from "@/components/ui/banner";
import { StatusWord } from "@/components/ui/status-word";
import type { Said } from "./use-connection-test";

/** What came of a test or of saving, with what is to be known besides. */
export function SaidCallout({ said }: { readonly said: Said | undefined }) {
  return (
    <div aria-live="polite">
      {said ? (
        <Callout tone={said.tone} title={said.title}>
          {said.text}
          {(said.warnings ?? []).map(({ severity, text }) => (
            <p key={text} className="mt-1.5 flex gap-2">
              <StatusWord state={severity} /> {text}
            </p>
          ))}
        </Callout>
      ) : null}
    </div>
  );
}
