import { randomUUID } from "node:crypto";
import type { Actor } from "@/lib/core/authz/actor";
import { database } from "@/lib/db/client";
import { readDemoState } from "@/lib/db/demo";
import { makeDemoHistory } from "@/lib/demo/history/make-demo-history";
import { startDemo } from "@/lib/services/demo/start-demo";

/**
 * `npm run signalbox` is for administrators; this is for whoever wants a database that looks alive: it adds the demo
 * hospital, unless it is there, and makes its past. Live traffic begins with the worker.
 */
const seeder: Actor = { kind: "system", name: "seed" };

if ((await readDemoState()) === undefined) await startDemo(seeder, {});
const result = await makeDemoHistory({
  holder: `seed-${randomUUID()}`,
  signal: new AbortController().signal,
  onPart: ({ partsDone, partsTotal }) =>
    console.log(`The past of the demo hospital: ${partsDone} of ${partsTotal} parts.`),
});
console.log(
  result === "elsewhere"
    ? "A running worker makes the past of the demo hospital."
    : "The demo hospital is there. Start Signalbox to see it at work.",
);
await database().close();
