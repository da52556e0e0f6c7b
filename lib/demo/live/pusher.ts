import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/lib/core/errors";
import { demoTokenSecret, readDemoSecret } from "@/lib/services/demo/read-demo-secret";
import type { Hospital } from "../hospital/hospital";
import { brokenItems } from "./broken-items";
import { examItems } from "./exam-items";
import { pushTraffic } from "./push-traffic";

const everyMs = 2_000;
const itemsABatch = 1_000;
/** After a break, so much is reported again; what is known already is recognised as such. */
const longestCatchUpMs = 24 * 3_600_000;

/**
 * Reports the traffic of the pushing feeds to the product's own ingest address, as any feed would, until the signal
 * aborts. What cannot be delivered is reported again.
 */
export async function runPusher(ask: {
  readonly hospital: Hospital;
  readonly sourceId: number;
  readonly ingestUrl: string;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly onProblem: (error: unknown) => void;
}): Promise<void> {
  const { hospital, signal, now, onProblem } = ask;
  const traffic = pushTraffic(hospital);
  let doneMs = Math.max(hospital.startedAt.getTime(), now().getTime() - longestCatchUpMs);
  // Deliveries that end after the demo began but came in before are part of the past.
  const isLive = (item: { readonly receivedAt?: Date }) =>
    item.receivedAt === undefined || item.receivedAt.getTime() >= hospital.startedAt.getTime();
  while (!signal.aborted) {
    const untilMs = now().getTime();
    try {
      const span = { afterMs: doneMs, untilMs };
      const sound = traffic(span).filter((item) => item.kind === "gauge" || isLive(item));
      const exams = examItems(hospital, span);
      const items = [...sound, ...brokenItems(hospital, span), ...exams];
      for (let start = 0; start < items.length; start += itemsABatch) {
        await postItems({ ...ask, items: items.slice(start, start + itemsABatch) });
      }
      doneMs = untilMs;
    } catch (error) {
      if (!signal.aborted) onProblem(error);
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

async function postItems(ask: {
  readonly sourceId: number;
  readonly ingestUrl: string;
  readonly signal: AbortSignal;
  readonly items: readonly unknown[];
}): Promise<void> {
  const token = await readDemoSecret(ask.sourceId, demoTokenSecret);
  if (token === undefined) throw new AppError("not_available", "The demo's token was removed.");
  const response = await fetch(ask.ingestUrl, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(ask.items),
    signal: AbortSignal.any([ask.signal, AbortSignal.timeout(30_000)]),
  });
  await response.arrayBuffer();
  // 207: some items were refused and kept as dead letters; sending them again would not help.
  if (!response.ok) {
    throw new AppError("source_refused", "The demo's own report was not taken.", {
      info: { status: response.status },
    });
  }
}
