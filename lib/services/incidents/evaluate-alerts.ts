import { type AlertState, calm, evaluate } from "@/lib/core/alert/evaluate";
import { countOf, incidentTitle, severityOf } from "@/lib/core/alert/incident-title";
import { presetFor } from "@/lib/core/alert/presets";
import { type Condition, placeKey } from "@/lib/core/alert/root-cause";
import { sinceOf } from "@/lib/core/interface/health";
import {
  type ConditionRecord,
  endCondition,
  lockEvaluation,
  readOpenConditions,
  saveCondition,
} from "@/lib/db/alert-conditions";
import { addEntry, openIncident } from "@/lib/db/incidents";
import type { InterfaceRecord } from "@/lib/db/interfaces-read";
import { raiseNotice } from "@/lib/db/notice-outbox";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { lookAround, type Sight } from "./look-around";

/**
 * One tick: every problem a step on, incidents opened for what fires, notices put into the outbox, in one transaction.
 * A tick that is cut off leaves nothing, so that the next one does the same; two at once come one after the other.
 */
export async function evaluateAlerts(now: Date): Promise<void> {
  const sight = await lookAround(now);
  await inTransaction(async (tx) => {
    await lockEvaluation(tx);
    const open = await readOpenConditions(tx);
    const tick: Tick = { tx, now, sight, open, told: toldOf(open) };
    const byKey = new Map(open.map((record) => [record.key, record]));
    for (const condition of sight.conditions) await moveOn(tick, condition, byKey.get(condition.key));
    const seen = new Set(sight.conditions.map(({ key }) => key));
    for (const record of open.filter(({ key }) => !seen.has(key))) await calmDown(tick, record);
  });
}

type Tick = {
  readonly tx: Transaction;
  readonly now: Date;
  readonly sight: Sight;
  readonly open: readonly ConditionRecord[];
  /** By incident: its alarms of which somebody was told and that still hold. */
  readonly told: Map<string, Set<string>>;
};

function toldOf(open: readonly ConditionRecord[]): Tick["told"] {
  const told: Tick["told"] = new Map();
  for (const { incidentNumber, key, state } of open) {
    if (incidentNumber === null || !state.isRaised || !state.isNoticed) continue;
    told.set(incidentNumber, (told.get(incidentNumber) ?? new Set()).add(key));
  }
  return told;
}

/** A problem that is there. */
async function moveOn(tick: Tick, condition: Condition, before: ConditionRecord | undefined): Promise<void> {
  const { tx, now, sight, open } = tick;
  const { key, interfaceId, problem } = condition;
  const of = sight.interfaceOf(interfaceId);
  if (of === undefined) return;
  const { state, notice } = evaluate({
    rule: presetFor(problem.kind, of.messageClass),
    previous: before?.state ?? calm,
    measurement: sight.measure(interfaceId, condition),
    now,
  });
  const place = placeKey(condition.place);
  const atPlace = open.find((other) => other.place === place && other.incidentNumber !== null);
  const incidentNumber =
    notice === "fired"
      ? await fire(tick, condition, of)
      : (before?.incidentNumber ?? (isListed(state) ? (atPlace?.incidentNumber ?? null) : null));
  const count = countOf(condition);
  const kept = { id: before?.id, key, kind: problem.kind, place, interfaceId, incidentNumber };
  await saveCondition(tx, { ...kept, count, state, now });
}

/** What something else explains is listed with that. */
function isListed({ suppressedBy }: AlertState): boolean {
  return suppressedBy === "root_cause";
}

/** Opens an incident or goes on with the one at the place; people are told where nothing told them of it still holds. */
async function fire({ tx, now, told }: Tick, condition: Condition, of: InterfaceRecord): Promise<string> {
  const title = incidentTitle(of.name, condition);
  const severity = severityOf(condition);
  const { interfaceId, name: interfaceName, department } = of;
  const place = placeKey(condition.place);
  const { number, isNew } = await openIncident(tx, {
    ...{ place, title, severity, interfaceId, interfaceName, department, now },
  });
  const since = sinceOf(condition.problem);
  if (isNew && since !== undefined) {
    await addEntry(tx, { number, at: since, kind: "first_failure", text: title });
  }
  await addEntry(tx, { number, at: now, kind: "alarm", text: title });
  const holding = told.get(number) ?? new Set();
  if (holding.size === 0) {
    await raiseNotice(tx, {
      key: isNew ? `incident/${number}/opened` : `incident/${number}/again/${now.toISOString()}`,
      ...{ kind: "incident_opened", incidentId: number, interfaceName, reason: title, severity, department },
      count: countOf(condition),
      path: `/incidents/${number}`,
      raisedAt: now,
    });
  }
  told.set(number, holding.add(condition.key));
  return number;
}

/** A problem that was there and is not found: it may be over, or nothing can be seen. */
async function calmDown({ tx, now, sight, told }: Tick, record: ConditionRecord): Promise<void> {
  const { id, key, interfaceId, incidentNumber: number, state: previous } = record;
  const of = sight.interfaceOf(interfaceId);
  const rule = presetFor(record.kind, of?.messageClass ?? null);
  const { state, notice } = evaluate({
    rule,
    previous,
    measurement: sight.measure(interfaceId, undefined),
    now,
  });
  if (state.isRaised || state.kind === "no_data") return saveCondition(tx, { ...record, state, now });
  await endCondition(tx, { id, wasRaised: previous.isRaised, now });
  if (notice !== "cleared" || number === null) return;
  const holding = told.get(number) ?? new Set();
  holding.delete(key);
  await addEntry(tx, { number, at: now, kind: "cleared", text: "It works again." });
  if (holding.size > 0) return;
  await raiseNotice(tx, {
    key: `incident/${number}/cleared/${id}`,
    ...{ kind: "condition_cleared", incidentId: number, interfaceName: of?.name ?? "", severity: "notice" },
    reason: "It works again.",
    count: record.count,
    department: of?.department ?? null,
    path: `/incidents/${number}`,
    raisedAt: now,
  });
}
