import { readDemoSources, readDemoState } from "@/lib/db/demo";
import { holdLease } from "@/lib/db/hold-lease";
import { demoLease } from "@/lib/services/demo/clear-demo";
import { openHistory } from "./fill-history";

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
      const sources = await readDemoSources();
      const idOf = (kind: string) => sources.find((source) => source.kind === kind)?.id;
      const [engine, push] = [idOf("mirth"), idOf("push")];
      if (state === undefined || engine === undefined || push === undefined) return;
      const history = await openHistory({ state, sources: { engine, push } });
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
