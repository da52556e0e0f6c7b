import { AppError } from "@/lib/core/errors";
import { countOrdered } from "@/lib/core/replay/order";
import { replayIdSchema } from "@/lib/core/replay/schema";
import {
  DEFAULT_ALONE_LIMIT,
  type SecondPersonCause,
  whySecondPerson,
} from "@/lib/core/replay/second-person";
import { type LegEntry, readLegDirectory } from "@/lib/db/leg-directory";
import { listReplayItems } from "@/lib/db/replay-items";
import { findReplay, type ReplayRun } from "@/lib/db/replays";
import { findSourceRow } from "@/lib/db/sources";
import { query } from "@/lib/services/query";
import { causesOf, type JudgedItem, judgeItems } from "./judge-items";
import { readAloneLimit } from "./replay-switch";

export type ReplayItemView = Pick<
  JudgedItem,
  | "position"
  | "legId"
  | "receivedAt"
  | "id"
  | "engineMessageId"
  | "messageType"
  | "content"
  | "tickReason"
  | "state"
  | "trouble"
  | "sendingAt"
  | "isTaken"
  | "resultReceivedAt"
  | "resultDeliveryId"
> & {
  readonly verdict: "chosen" | "cautious" | "refused";
  readonly causes: JudgedItem["causes"];
  readonly interface: string;
  readonly leg: string;
};

/** What is known before anything is sent. */
export type DryRun = {
  readonly messages: number;
  /** Distinct patients; messages without one count as none. */
  readonly patients: number;
  readonly destinations: readonly string[];
  readonly oldest: Date | undefined;
  readonly newest: Date | undefined;
  /** Messages that share a patient or an order with another: they are sent one after the other. */
  readonly ordered: number;
  readonly deliveredBefore: number;
  /** Not yet asked for at the engine. */
  readonly unchecked: number;
  readonly takesTwo: readonly SecondPersonCause[];
};

export type ReplayView = {
  readonly run: ReplayRun;
  readonly sourceName: string | undefined;
  readonly items: readonly ReplayItemView[];
  readonly dryRun: DryRun;
};

/** One replay with its messages and what is known before it begins. Identifiers stay behind. @throws AppError forbidden | bad_request | not_found */
export const readReplay = query({
  permission: "replay.request",
  input: replayIdSchema,
  disclosesPhi: false,
  run: async ({ input: { id }, reach }): Promise<ReplayView> => {
    const run = await findReplay(id, reach);
    if (run === undefined) throw new AppError("not_found", "There is no such replay.");
    const [items, source, aloneLimit] = await Promise.all([
      listReplayItems(id),
      findSourceRow(run.sourceId),
      readAloneLimit(DEFAULT_ALONE_LIMIT),
    ]);
    const judged = await judgedOf(run, items, reach);
    const legs = await readLegDirectory([...new Set(items.map(({ legId }) => legId))], reach);
    return {
      run,
      sourceName: source?.name,
      items: judged.map((item) => viewOf(item, legs)),
      dryRun: dryRunOf({ judged, legs, aloneLimit }),
    };
  },
});

/** A draft is judged as things stand; later the verdict is the one that was frozen. */
async function judgedOf(
  run: ReplayRun,
  items: Parameters<typeof judgeItems>[1],
  reach: Parameters<typeof judgeItems>[2],
): Promise<readonly JudgedItem[]> {
  const judged = await judgeItems(run, items, reach);
  return run.state === "drafted"
    ? judged
    : judged.map((item) => ({ ...item, isTaken: item.state !== "left" }));
}

function viewOf(item: JudgedItem, legs: readonly LegEntry[]): ReplayItemView {
  const leg = legs.find(({ legId }) => legId === item.legId);
  const { position, legId, receivedAt, id, engineMessageId, messageType, content, tickReason } = item;
  const { state, trouble, sendingAt, isTaken, resultReceivedAt, resultDeliveryId } = item;
  return {
    ...{ position, legId, receivedAt, id, engineMessageId, messageType, content, tickReason },
    ...{ state, trouble, sendingAt, isTaken, resultReceivedAt, resultDeliveryId },
    verdict: item.verdict ?? item.judged.kind,
    causes: item.verdict === null ? causesOf(item.judged) : item.causes,
    interface: leg?.interface ?? "",
    leg: leg?.leg ?? "",
  };
}

function dryRunOf(of: {
  readonly judged: readonly JudgedItem[];
  readonly legs: readonly LegEntry[];
  readonly aloneLimit: number;
}): DryRun {
  const taken = of.judged.filter(({ isTaken }) => isTaken);
  const legIds = new Set(taken.map(({ legId }) => legId));
  const times = taken.map(({ receivedAt }) => receivedAt).sort((a, b) => a.getTime() - b.getTime());
  const weighed = taken.map(({ messageType, cancelsOrder }) => ({
    messageType: messageType ?? undefined,
    cancelsOrder: cancelsOrder ?? undefined,
  }));
  return {
    messages: taken.length,
    patients: new Set(taken.flatMap(({ patientRef }) => patientRef ?? [])).size,
    destinations: of.legs
      .filter(({ legId }) => legIds.has(legId))
      .map((leg) => `${leg.interface} → ${leg.leg}`),
    oldest: times[0],
    newest: times.at(-1),
    ordered: countOrdered(
      taken.map((item) => ({
        ...item,
        patientRef: item.patientRef ?? undefined,
        accession: item.orderRef ?? undefined,
      })),
    ),
    deliveredBefore: of.judged.filter(({ judged }) =>
      causesOf(judged).some((one) => one === "delivered_by_replay"),
    ).length,
    unchecked: of.judged.filter(({ content, judged }) => content === null && judged.kind !== "refused")
      .length,
    takesTwo: whySecondPerson(weighed, of.aloneLimit),
  };
}
