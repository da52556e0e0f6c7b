import { startTestProduct } from "../../support/product";
import { publishProduct } from "../../support/product-under-test";

/** Starts the product once for the run; the tests find it through `test` of ./test. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const product = await startTestProduct();
  publishProduct(product);
  return product.stop;
}
