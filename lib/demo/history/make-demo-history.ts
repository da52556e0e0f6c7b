import { readDemoState } from "@/lib/db/demo";
import { holdLease } from "@/lib/db/hold-lease";
import { demoLease } from "@/lib/services/demo/clear-demo";
import { findDemoSources } from "../demo-sources";
import { openHistory } from "./fill-history";
import { pastExams } from "./past-exams";

/**
 * Makes the whole past of the demo without its live traffic, for programs that end. `elsewhere`: a worker runs the demo
 * and makes its past.
 */
export async function makeDemoHistory(ask: {
  readonly holder: string;
  readonly signal: AbortSignal;
  readonly onPart: (progress: { readonly partsDone: number; readonly partsTotal: number }) => void;
}): Promise<"done" | "elsewhere"> {
  const { holder, signal, onPart } = ask;
  const result = await holdLease({
    name: demoLease,
    holder,
    signal,
    work: async (held) => {
      const state = await readDemoState();
      const sources = await findDemoSources();
      if (state === undefined || sources === undefined) return;
      const history = await openHistory({
        state,
        sources: { engine: sources.mirth.id, push: sources.push.id },
        told: (hospital) => pastExams(hospital, sources),
      });
      let { partsDone } = state;
      while (!held.signal.aborted && partsDone < history.partsTotal) {
        await history.fillNext();
        partsDone += 1;
        onPart({ partsDone, partsTotal: history.partsTotal });
      }
    },
  });
  return result === "taken" ? "elsewhere" : "done";
}
