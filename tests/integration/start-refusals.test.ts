import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "@/tests/support/free-port";
import { runNode } from "@/tests/support/run-command";

describe("npm start refuses", () => {
  let dataDir = "";
  let taken = 0;
  let occupant: Server;

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), "signalbox refused "));
    taken = await freePort();
    occupant = createServer();
    await new Promise<void>((resolve) => occupant.listen({ host: "127.0.0.1", port: taken }, resolve));
  });

  afterAll(async () => {
    await new Promise((resolve) => occupant.close(resolve));
    await rm(dataDir, { recursive: true, force: true });
  });

  async function start(settings: Readonly<Record<string, string>>) {
    const own = {
      SIGNALBOX_DATA_DIR: dataDir,
      INGEST_PORT: String(await freePort()),
      HOST: "",
      DATABASE_URL: "",
    };
    return runNode(["scripts/start.mjs"], { env: { ...own, ...settings } });
  }

  test("a taken port, naming the port and the variable that moves it", async () => {
    const { code, output } = await start({ PORT: String(taken) });
    expect(code).toBe(1);
    expect(output).toContain(`Port ${taken} on 127.0.0.1 is taken`);
    expect(output).toContain(`PORT=${taken + 100} npm start`);
  });

  test("a taken ingest port, by its own variable", async () => {
    const { code, output } = await start({ PORT: String(await freePort()), INGEST_PORT: String(taken) });
    expect(code).toBe(1);
    expect(output).toContain(`INGEST_PORT=${taken + 100} npm start`);
  });

  test("an address others can reach, without TLS or a trusted proxy", async () => {
    const { code, output } = await start({ HOST: "0.0.0.0" });
    expect(code).toBe(1);
    expect(output).toContain("HOST: is reachable from other machines");
  });

  test("several bad settings in one go", async () => {
    const { code, output } = await start({ PORT: "99999", LOG_LEVEL: "loud" });
    expect(code).toBe(1);
    expect(output).toContain("PORT: must be a port number");
    expect(output).toContain("LOG_LEVEL: must be one of");
  });
});
