import { randomInt } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { EmbeddedDatabaseError } from "@/lib/db/embedded/errors";

/**
 * A free loopback port, the one used last time when possible, so that running processes find the server again after
 * it was restarted. Chosen below the range that systems hand to outgoing connections, which could take it meanwhile.
 */
export async function choosePort(portFile: string): Promise<number> {
  const remembered = Number(await readFile(portFile, "utf8").catch(() => ""));
  if (remembered > 0 && (await isPortFree(remembered))) return remembered;
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = randomInt(15_000, 32_000);
    if (!(await isPortFree(port))) continue;
    await writeFile(portFile, String(port), { mode: 0o600 });
    return port;
  }
  throw new EmbeddedDatabaseError("No free port was found on 127.0.0.1 for the database.");
}

async function isPortFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
