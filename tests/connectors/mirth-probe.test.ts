import { createServer } from "node:http";
import { afterAll, describe, expect, test } from "vitest";
import { contentOf } from "@/lib/connectors/mirth/content";
import { mirth } from "@/lib/connectors/mirth/index";
import { versionOf, versionWarnings } from "@/lib/connectors/mirth/versions";
import { parseXml } from "@/lib/connectors/mirth/xml";
import { aChannel, aDestination } from "@/lib/demo/engine/channel-spec";
import { type Stub, startStub } from "@/tests/connectors/mirth-stub";

const ADT = "dddd0001-0000-4000-8000-000000000001";
const one = aChannel({ id: ADT, name: "ADT", destinations: [aDestination({ name: "Registry" })] });

function probe({ config, io }: Stub, changed: object = {}) {
  return mirth.probe?.(mirth.config.parse({ ...config, ...changed }), io);
}

describe("the test of a connection", () => {
  test("names product, version, channels and clock, and that every account is an administrator", async () => {
    const stub = await startStub({ channels: [one] });
    const report = await probe(stub);
    expect(report).toMatchObject({ ok: true, version: "4.5.2", interfaces: 1, clockSkewMs: 0 });
    expect(report?.diagnosis).toContain("4.5.2 with 1 channel.");
    expect(report?.warnings.map(({ text }) => text).join(" ")).toContain("every account may do everything");
  });

  test("says that a password is wrong", async () => {
    const stub = await startStub({ channels: [one] });
    const report = await mirth.probe?.(stub.config, { ...stub.io, secret: () => "wrong" });
    expect(report).toMatchObject({ ok: false });
    expect(report?.diagnosis).toContain("user name and password");
  });

  test("says that the port is not the API's, and that a page is not an engine", async () => {
    const stub = await startStub({ channels: [one] });
    expect((await probe(stub, { url: `${stub.config.url}/other` }))?.diagnosis).toContain(
      "no Mirth-family API",
    );
    const web = createServer((_, response) =>
      response.setHeader("Content-Type", "text/html").end("<html></html>"),
    );
    afterAll(() => web.close());
    await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
    const address = web.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect((await probe(stub, { url: `http://127.0.0.1:${port}` }))?.diagnosis).toContain("web page");
  });

  test("says that a name is not known", async () => {
    const stub = await startStub({ channels: [one] });
    const report = await probe(stub, { url: "https://no-such-engine.invalid:8443" });
    expect(report?.diagnosis).toMatch(/No machine has the name|no route/);
  });

  test("says that an engine is still starting", async () => {
    const stub = await startStub({ channels: [one] });
    stub.engine.restart();
    const report = await probe(stub);
    expect(report).toMatchObject({ ok: false });
    expect(report?.diagnosis).toContain("still starting");
  });

  test("ends in words, too, when it is given up", async () => {
    const stub = await startStub({ channels: [one] });
    stub.engine.setSlow(5_000);
    const report = await mirth.probe?.(stub.config, { ...stub.io, signal: AbortSignal.timeout(200) });
    expect(report?.diagnosis).toContain("did not answer in time");
  });

  test.each([
    ["4.3.0", "critical"],
    ["4.4.0", "critical"],
    ["4.4.1", undefined],
    ["4.5.2", undefined],
    ["4.6.0", "notice"],
  ])("version %s carries the warning %s", (text, severity) => {
    const version = versionOf(text);
    expect(version && versionWarnings(version)[0]?.severity).toBe(severity);
  });

  test("warns of the code execution below 4.4.1 also in the report, and refuses what is older than 3.8", async () => {
    const old = await startStub({ channels: [one], version: "4.2.0" });
    const warnings = (await probe(old))?.warnings ?? [];
    expect(warnings[0]).toMatchObject({ severity: "critical" });
    expect(warnings[0]?.text).toContain("CVE-2023-43208");
    const older = await startStub({ channels: [one], version: "3.7.1" });
    expect(await probe(older)).toMatchObject({ ok: false, version: "3.7.1" });
  });

  test.each(["", "hello", "4", "<html>", "4.5.2.1.x'"])("takes %j for no version", (text) => {
    expect(versionOf(text)).toBeUndefined();
  });
});

describe("the content of a message", () => {
  const content = ({ config, io }: Stub, ref: { readonly leg: string; readonly messageId: string }) =>
    mirth.content?.(config, io, { interface: ADT, ...ref });

  test("has its parts as the engine kept them", async () => {
    const stub = await startStub({ channels: [one] });
    stub.engine.post({ channelId: ADT, wanted: { 0: { kind: "sent" }, 1: { kind: "sent" } } });
    stub.wait(60_000);
    const source = await content(stub, { leg: "0", messageId: "1" });
    expect(source?.parts.map(({ part }) => part)).toEqual(
      expect.arrayContaining(["raw", "transformed", "encoded"]),
    );
    expect(source?.parts.find(({ part }) => part === "raw")?.text).toMatch(/^MSH\|/);
    const destination = await content(stub, { leg: "1", messageId: "1" });
    expect(destination?.parts.map(({ part }) => part)).toEqual(expect.arrayContaining(["sent", "response"]));
  });

  test("has the error with its reason", async () => {
    const stub = await startStub({ channels: [one] });
    stub.engine.post({
      channelId: ADT,
      wanted: { 0: { kind: "sent" }, 1: { kind: "error", failure: "nack_ar" } },
    });
    stub.wait(60_000);
    const failed = await content(stub, { leg: "1", messageId: "1" });
    expect(failed?.errors).toMatchObject([{ stage: "processing", reason: "nack_ar" }]);
  });

  test("says so where nothing was kept", async () => {
    const stub = await startStub({ channels: [{ ...one, storage: "METADATA" }] });
    stub.engine.post({ channelId: ADT, wanted: { 0: { kind: "sent" }, 1: { kind: "sent" } } });
    stub.wait(60_000);
    const kept = await content(stub, { leg: "0", messageId: "1" });
    expect(kept?.parts).toEqual([]);
    expect(kept?.notKept).toContain("not kept");
    // Times and outcomes are there all the same.
    const delivery = (await stub.sweep()).deliveries.get(`${ADT}/1/1`);
    expect(delivery?.ackedAt).toBeInstanceOf(Date);
  });

  test("is marked where it is encrypted", async () => {
    const stub = await startStub({ channels: [{ ...one, isEncrypted: true }] });
    stub.engine.post({ channelId: ADT });
    stub.wait(60_000);
    const kept = await content(stub, { leg: "0", messageId: "1" });
    expect(kept?.parts.every(({ encrypted }) => encrypted)).toBe(true);
  });

  test("of a control character's message can be read", async () => {
    const stub = await startStub({ channels: [one] });
    stub.engine.post({ channelId: ADT, facts: { controlCharacter: "content" } });
    stub.wait(60_000);
    const raw = (await content(stub, { leg: "0", messageId: "1" }))?.parts.find(({ part }) => part === "raw");
    expect(raw?.text).toContain("\uFFFD");
  });

  test("of a leg that is not in the answer is nothing", () => {
    expect(contentOf(parseXml("<message><connectorMessages/></message>"), "0")).toBeUndefined();
  });
});
