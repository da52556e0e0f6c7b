import { Lamp } from "@/components/ui/lamp";
import type { SystemWarning } from "@/lib/core/estate/warnings";

/** What needs somebody at a system, the worst in front, each with where it was published. */
export function WarningList({ warnings }: { readonly warnings: readonly SystemWarning[] }) {
  if (warnings.length === 0) return <p className="text-muted">Nothing known is wrong with it.</p>;
  return (
    <ul className="flex flex-col gap-1.5">
      {warnings.map(({ severity, text, source }) => (
        <li key={text} className="flex gap-2">
          <Lamp state={severity} label={severity} className="mt-0.5" />
          <span>
            {text}
            {source ? <span className="text-muted"> {source}.</span> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
