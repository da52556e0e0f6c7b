import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "@/tests/support/free-port";

/** A whole running product with a data folder and ports of its own. */
export type RunningProduct = {
  readonly url: string;
  readonly ingestPort: number;
  readonly dataDir: string;
  /** The one-time link that makes the first administrator. */
  readonly setupUrl: string | undefined;
  readonly supervisorPid: number;
  /** All that its processes wrote so far. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
};

/** Starts `npm start`'s program on free ports and resolves when it says it is ready. @throws with all it said. */
export async function startTestProduct(
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningProduct> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "signalbox product "));
  // As root the database runs under another account, which must get through this folder.
  await chmod(dataDir, 0o711);
  const port = settings["PORT"] === undefined ? await freePort() : Number(settings["PORT"]);
  const ingestPort = await freePort();
  const own = { PORT: String(port), INGEST_PORT: String(ingestPort), SIGNALBOX_DATA_DIR: dataDir };
  const cleared = { DATABASE_URL: "", DATABASE_OWNER_URL: "", SIGNALBOX_PUBLIC_URL: "", HOST: "" };
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    env: { ...process.env, ...cleared, ...own, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const output = collectOutput(child);
  await untilReady({ child, ended, output });
  return {
    url: `http://localhost:${port}`,
    ingestPort,
    dataDir,
    setupUrl: /first administrator at (\S+)/.exec(output())?.[1],
    supervisorPid: child.pid ?? 0,
    output,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

type Child = ReturnType<typeof spawn>;

function collectOutput(child: Child): () => string {
  let output = "";
  const read = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout?.on("data", read);
  child.stderr?.on("data", read);
  return () => output;
}

async function untilReady({
  child,
  ended,
  output,
}: {
  readonly child: Child;
  readonly ended: Promise<void>;
  readonly output: () => string;
}): Promise<void> {
  const ready = new Promise<void>((resolve) => {
    // The last line of a start; the set-up link comes before it.
    const look = () => {
      if (output().includes("Ctrl-C stops everything")) resolve();
    };
    child.stdout?.on("data", look);
    child.stderr?.on("data", look);
  });
  const failed = ended.then(() => {
    throw new Error(`The product did not start:\n${output()}`);
  });
  failed.catch(() => undefined);
  await Promise.race([ready, failed]);
}
