import { z } from "zod";

/**
 * Whether an error says that the database could not be asked just now (away, restarting, full, too busy) and trying
 * again later is sensible. Sees through the wrappings of Prisma and of our own errors.
 */
export function isDatabaseAway(error: unknown): boolean {
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 5;
    current = current.cause, depth++
  ) {
    const code = "code" in current ? String(current.code) : "";
    if (AWAY_CODES.test(code) || AWAY_CODES.test(codeBelowPrisma(current))) return true;
    if (AWAY_WITHOUT_CODE.test(current.message)) return true;
  }
  return false;
}

/** What the server said below an error of Prisma's; empty for every other. P2010 and P2039 stand for any SQLSTATE. */
function codeBelowPrisma(error: Error): string {
  const parsed = prismaError.safeParse(error);
  return parsed.success ? parsed.data.meta.driverAdapterError.cause.originalCode : "";
}

const prismaError = z.object({
  meta: z.object({ driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }) }),
});

/**
 * SQLSTATE: 08 connection, 40 rolled back, 53 resources (disk full, too many connections), 55P03 lock timeout,
 * 57 operator intervention (statement timeout, shutdown, crash, starting up), 58 system error, 25006 read-only standby.
 * Node: what connecting and reading sockets fail with. P…: Prisma's own for the same.
 */
const AWAY_CODES =
  /^(08...|40...|53...|55P03|57...|58...|25006|E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN)|P1001|P1002|P1008|P1017|P2024|P2028|P2034|P2037)$/;

// node-postgres gives these no code; the texts are its own and hold no data.
const AWAY_WITHOUT_CODE =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout)/;
