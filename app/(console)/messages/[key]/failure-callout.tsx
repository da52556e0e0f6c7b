import { Callout } from "@/components/ui/banner";
import { reasonAdvice, retryOutlookText } from "@/lib/core/message/next-step";
import type { MessagePanelInput } from "./track-panel";

/** Why the chosen delivery failed, what to do, and what the engine said. */
export function FailureCallout({ view: { chosen } }: Pick<MessagePanelInput, "view">) {
  const { outcome, firstOutcome, reason, errorText } = chosen.delivery;
  if (outcome !== "failed" && firstOutcome !== "failed") return null;
  const advice = reasonAdvice[reason ?? "other"];
  const isOver = outcome !== "failed";
  return (
    <Callout
      tone={isOver ? "notice" : "critical"}
      title={isOver ? `First attempt failed: ${advice.title}` : advice.title}
    >
      {isOver ? null : (
        <p>
          {advice.nextStep} {retryOutlookText[advice.retry]}
        </p>
      )}
      {errorText ? (
        <pre className="mt-2 max-h-64 overflow-auto font-mono text-12 whitespace-pre-wrap break-words">
          {errorText}
        </pre>
      ) : (
        <p className="mt-1 text-muted">The source gave no error text.</p>
      )}
    </Callout>
  );
}
