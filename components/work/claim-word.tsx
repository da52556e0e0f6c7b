import type { ClaimState } from "@/lib/core/work/claim";
import { Moment } from "../ui/moment";
import { StatusWord } from "../ui/status-word";

type ClaimWordProps = { readonly state: ClaimState; readonly now: Date; readonly zone: string };

/** Who works on an item, in a cell of a table. */
export function ClaimWord({ state, now, zone }: ClaimWordProps) {
  switch (state.kind) {
    case "free":
      return <span className="text-muted">nobody</span>;
    case "mine":
      return <StatusWord state="notice">You</StatusWord>;
    case "others":
      return (
        <span>
          <StatusWord state="excluded">{state.holder}</StatusWord>
          <span className="block text-12 text-muted">
            until <Moment at={state.until} now={now} zone={zone} show="absolute" />
          </span>
        </span>
      );
    case "expired":
      return <span className="text-muted">nobody, {state.holder} before</span>;
  }
}
