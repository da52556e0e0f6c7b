import type { RunningProduct } from "@/tests/support/product";

/** What an end-to-end test may know of the running product. */
export type ProductUnderTest = {
  readonly url: string;
  readonly ingestUrl: string;
  /** The one-time link that makes the first administrator; empty when there was one already. */
  readonly setupUrl: string;
  readonly dataDir: string;
};

const VARIABLE = "SIGNALBOX_PRODUCT_UNDER_TEST";

/** Playwright's set-up and its test processes share nothing but environment variables. */
export function publishProduct(product: RunningProduct): void {
  const known: ProductUnderTest = {
    url: product.url,
    ingestUrl: `http://127.0.0.1:${product.ingestPort}`,
    setupUrl: product.setupUrl ?? "",
    dataDir: product.dataDir,
  };
  process.env[VARIABLE] = JSON.stringify(known);
}

/** The product that the set-up published. Its fields are empty while tests are only listed. */
export function productUnderTest(): ProductUnderTest {
  const nothing: ProductUnderTest = { url: "", ingestUrl: "", setupUrl: "", dataDir: "" };
  return { ...nothing, ...JSON.parse(process.env[VARIABLE] ?? "{}") };
}
