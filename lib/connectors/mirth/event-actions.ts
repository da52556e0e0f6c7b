import type { ExternalAuditEvent } from "@/lib/core/message/schema";

type Action = ExternalAuditEvent["action"];

/**
 * DICOM/FHIR audit action of an event by its name: the engine's own words for its operations, which begin with a verb. What
 * is run rather than changed (deploy, start, log in, dispatch) is E, and so is what no rule knows.
 */
export function actionOf(eventName: string): Action {
  return rules.find(({ sign }) => sign.test(eventName))?.action ?? "E";
}

const rules: readonly { readonly sign: RegExp; readonly action: Action }[] = [
  { sign: /^(?:create|add|import)\b/i, action: "C" },
  {
    sign: /^(?:get|accessed phi|queried phi|view|export|successfully exported|check|is user)\b/i,
    action: "R",
  },
  { sign: /^(?:update|set|enable|disable|save|clear|change|rename|login notification)\b/i, action: "U" },
  { sign: /^(?:remove|delete|uninstall|prune)\b/i, action: "D" },
];
