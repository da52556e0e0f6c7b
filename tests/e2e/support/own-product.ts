import { type RunningProduct, startTestProduct } from "../../support/product";
import { test } from "./test";

/** A product of the file's own, started before its first test. `prepare` starts what it needs and answers with its settings. */
export function withOwnProduct(
  prepare: () => Promise<Readonly<Record<string, string>>> = async () => ({}),
): () => RunningProduct {
  let running: RunningProduct | undefined;
  test.beforeAll(async () => {
    test.setTimeout(300_000);
    running = await startTestProduct(await prepare());
  });
  test.afterAll(async () => {
    await running?.stop();
  });
  return () => {
    if (running === undefined) throw new Error("The product runs only inside tests.");
    return running;
  };
}
