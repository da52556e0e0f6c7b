import type { ChangeSeen, InterfaceSeen } from "@/lib/core/message/schema";
import { type ChangeRow, storeChanges } from "@/lib/db/changes";
import { describeInterface, type InterfaceBefore } from "@/lib/db/interface-descriptions";
import { instantCheck } from "./accepted-time";
import { forgetLegs, knownLegs } from "./leg-registry";
import { type Indexed, type IndexedVerdict, rejected, type Verdict } from "./verdict";

/** Takes over how a source describes its interfaces; a new state or revision is kept as a change at `now`. */
export async function storeInterfaces(ask: {
  readonly sourceId: number;
  readonly seen: readonly Indexed<InterfaceSeen>[];
  readonly now: Date;
}): Promise<readonly IndexedVerdict[]> {
  const { sourceId, seen, now } = ask;
  const verdicts: IndexedVerdict[] = [];
  for (const { index, item } of seen) {
    // U+0000 cannot be stored, and replacing it in a name would make two names one.
    if (JSON.stringify(item).includes("\\u0000")) {
      verdicts.push({ index, verdict: rejected("invalid_item", "A name holds the character U+0000.") });
      continue;
    }
    const { interfaceId, before } = await describeInterface({ sourceId, seen: item, now });
    const changes = changesBetween(before, item).map((change) => ({ ...change, interfaceId, at: now }));
    await storeChanges(sourceId, changes);
    const status = before === undefined ? "created" : changes.length > 0 ? "updated" : "duplicate";
    verdicts.push({ index, verdict: { status } });
  }
  if (seen.length > 0) forgetLegs(sourceId);
  return verdicts;
}

/** Stores what happened at a source once each. */
export async function storeSourceChanges(ask: {
  readonly sourceId: number;
  readonly seen: readonly Indexed<ChangeSeen>[];
  readonly now: Date;
}): Promise<readonly IndexedVerdict[]> {
  if (ask.seen.length === 0) return [];
  const legs = await knownLegs(ask.sourceId, (lookup) =>
    ask.seen.every(
      ({ item }) => item.interface === undefined || lookup.interfaceId(item.interface) !== undefined,
    ),
  );
  const verdicts: IndexedVerdict[] = [];
  const placed: { readonly index: number; readonly row: ChangeRow }[] = [];
  for (const { index, item } of ask.seen) {
    const interfaceId = item.interface === undefined ? 0 : legs.interfaceId(item.interface);
    const refusal = refuseChange({ item, interfaceId, now: ask.now });
    if (refusal !== undefined) verdicts.push({ index, verdict: refusal });
    else {
      const row = {
        interfaceId: interfaceId ?? 0,
        at: item.at,
        change: item.change,
        detail: item.detail ?? "",
      };
      placed.push({ index, row });
    }
  }
  const fresh = await storeChanges(
    ask.sourceId,
    placed.map(({ row }) => row),
  );
  placed.forEach(({ index }, i) => {
    verdicts.push({ index, verdict: { status: fresh[i] ? "created" : "duplicate" } });
  });
  return verdicts;
}

function refuseChange(ask: {
  readonly item: ChangeSeen;
  readonly interfaceId: number | undefined;
  readonly now: Date;
}): Verdict | undefined {
  if (ask.interfaceId === undefined) {
    return rejected("unknown_interface", "No delivery or description has named this interface yet.");
  }
  return instantCheck({ kept: "externalAudit", now: ask.now })(ask.item.at);
}

function changesBetween(
  before: InterfaceBefore,
  seen: InterfaceSeen,
): readonly { readonly change: ChangeSeen["change"]; readonly detail: string }[] {
  if (before === undefined) return [];
  const changes: { change: ChangeSeen["change"]; detail: string }[] = [];
  if (seen.revision !== undefined && before.revision !== undefined && seen.revision !== before.revision) {
    changes.push({ change: "deployed", detail: `revision ${before.revision} → ${seen.revision}` });
  }
  const change = stateChanges[seen.state?.toLowerCase() ?? ""];
  const isNewState = before.state?.toLowerCase() !== seen.state?.toLowerCase();
  if (change !== undefined && before.state !== undefined && isNewState) {
    changes.push({ change, detail: `${before.state} → ${seen.state ?? ""}` });
  }
  return changes;
}

/** States worth a marker, in the words of Mirth's channel states; passing ones such as STARTING are not. */
const stateChanges: Readonly<Record<string, ChangeSeen["change"]>> = {
  started: "started",
  stopped: "stopped",
  paused: "paused",
  undeployed: "undeployed",
};
