import type { Env } from "@/lib/config/env";
import { StartError } from "@/scripts/prepare/start-error";
import { waitUntilHealthy } from "@/scripts/processes/health";
import type { DatabaseKeeper } from "@/scripts/processes/keep-database";
import { openLogFile } from "@/scripts/processes/log-file";
import type { Product } from "@/scripts/processes/product";
import { setupLink } from "@/scripts/processes/setup-link";

const FAILURES_BEFORE_GIVING_UP = 4;

/**
 * Waits until the product answers, then says where it is, and how to make the first administrator where there is none.
 * @throws StartError when web keeps failing, with the end of its log.
 */
export async function announce(start: {
  readonly env: Env;
  readonly database: DatabaseKeeper;
  readonly product: Product;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { env, product, say, signal } = start;
  const hasFailed = () => product.web.failures() >= FAILURES_BEFORE_GIVING_UP;
  const isHealthy = await waitUntilHealthy({
    host: env.host,
    port: env.port,
    isTls: env.tls !== undefined,
    giveUp: () => signal.aborted || hasFailed(),
  });
  if (signal.aborted) return;
  if (!isHealthy) {
    const log = await openLogFile(product.webLog).lastLines();
    throw new StartError(`The web process does not start. Its log, ${product.webLog}, ends with:\n${log}`);
  }
  say(`ready at ${env.publicUrl}`);
  const link = await setupLink({ env, database: start.database.current(), signal });
  if (link !== undefined) say(`nobody can sign in yet: make the first administrator at ${link}`);
  say("Ctrl-C stops everything");
}
