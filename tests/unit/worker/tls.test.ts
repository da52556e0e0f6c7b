import { mkdtemp, rm, writeFile } from "node:fs/promises";
import https from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import tls, { type SecureVersion } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenServer, openServer } from "@/lib/worker/http-server";
import { makeSelfSigned } from "@/tests/support/self-signed";

const [ours, sender, stranger] = [makeSelfSigned(), makeSelfSigned(), makeSelfSigned()];
let folder = "";
let open: OpenServer;
let mutual: OpenServer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "signalbox-tls-"));
  const file = async (name: string, text: string) => {
    await writeFile(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const wire = {
    host: "127.0.0.1",
    port: 0,
    tls: { certFile: await file("cert.pem", ours.cert), keyFile: await file("key.pem", ours.key) },
    handler: async () => new Response("let in"),
  };
  open = await openServer(wire);
  mutual = await openServer({ ...wire, clientCaFile: await file("ca.pem", sender.cert) });
});
afterAll(async () => {
  await open.close();
  await mutual.close();
  await rm(folder, { recursive: true });
});

/** What a client gets with this certificate: the answer's text, or the code of the error. */
function ask(port: number, shown: { readonly cert?: string; readonly key?: string }): Promise<string> {
  return new Promise((resolve) => {
    const request = https.get(
      { host: "127.0.0.1", port, ca: ours.cert, agent: false, ...shown },
      async (response) => resolve((await response.toArray()).join("")),
    );
    request.on("error", (error) => resolve("code" in error ? String(error.code) : error.message));
  });
}

describe("a port that asks senders for certificates", () => {
  test("lets in who shows one of the named authority", async () => {
    expect(await ask(mutual.port, { cert: sender.cert, key: sender.key })).toBe("let in");
  });

  test("closes the connection of who shows none", async () => {
    expect(await ask(mutual.port, {})).toMatch(/CERTIFICATE_REQUIRED|ECONNRESET/);
  });

  test("closes the connection of who shows one that others signed", async () => {
    const answer = await ask(mutual.port, { cert: stranger.cert, key: stranger.key });
    expect(answer).toMatch(/ALERT|ECONNRESET/);
  });

  test("asks for none where no authority is named", async () => {
    expect(await ask(open.port, {})).toBe("let in");
  });
});

describe("a port with TLS", () => {
  function versionWith(maxVersion: SecureVersion): Promise<string | null> {
    return new Promise((resolve) => {
      const options = {
        host: "127.0.0.1",
        port: open.port,
        ca: ours.cert,
        minVersion: "TLSv1" as const,
        maxVersion,
      };
      const socket = tls.connect({ ...options, ciphers: "DEFAULT@SECLEVEL=0" }, () => {
        resolve(socket.getProtocol());
        socket.end();
      });
      socket.on("error", () => resolve("refused"));
    });
  }

  test.each([
    ["TLSv1", "refused"],
    ["TLSv1.1", "refused"],
    ["TLSv1.2", "TLSv1.2"],
    ["TLSv1.3", "TLSv1.3"],
  ] as const)("offered %s at most: %s", async (offered, expected) => {
    expect(await versionWith(offered)).toBe(expected);
  });
});
