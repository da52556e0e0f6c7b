import type { AuditLeaf } from "@/lib/core/audit/leaf";
import type { LampState } from "../ui/lamp";
import { StatusWord } from "../ui/status-word";

type Outcome = AuditLeaf["outcome"];

/** How an act in Signalbox itself ended. */
export function LeafOutcomeWord({ outcome }: { readonly outcome: Outcome }) {
  return <StatusWord state={lamps[outcome]}>{leafOutcomeTitles[outcome]}</StatusWord>;
}

export const leafOutcomeTitles: Readonly<Record<Outcome, string>> = {
  success: "Done",
  denied: "Denied",
  failure: "Failed",
};

const lamps: Readonly<Record<Outcome, LampState>> = { success: "ok", denied: "warning", failure: "warning" };
