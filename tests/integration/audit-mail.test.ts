import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "@/lib/core/authz/actor";
import { readTrailAges } from "@/lib/db/audit-ages";
import { sendEmail } from "@/lib/notifiers/email/send-email";
import { exportTrail } from "@/lib/services/own-audit/export-trail";
import { dueWitnessMail, noteMailed } from "@/lib/services/own-audit/mail-witness";
import { verifyTrail } from "@/lib/services/own-audit/verify-trail";
import { witnessNow } from "@/lib/services/own-audit/witness-head";
import { verifyExport } from "@/scripts/verify-audit-export.mjs";
import { asOwner, withInstallation } from "@/tests/support/backups";

const place = withInstallation();
const cli: Actor = { kind: "system", name: "cli" };
const minutes = (count: number) => new Date(Date.now() + count * 60_000);

type Received = { readonly from: string; readonly to: readonly string[]; readonly raw: string };
const received: Received[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData: (stream, { envelope }, done) => {
    const parts: Buffer[] = [];
    stream.on("data", (part: Buffer) => parts.push(part));
    stream.on("end", () => {
      const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
      const to = envelope.rcptTo.map(({ address }) => address);
      received.push({ from, to, raw: Buffer.concat(parts).toString("utf8") });
      done();
    });
  },
});

function mailServer() {
  const address: AddressInfo | string | null = server.server.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen.");
  return {
    host: "127.0.0.1",
    port: address.port,
    isTlsFromStart: false,
    needsTls: false,
    login: undefined,
  } as const;
}

/** The text of a message as its reader sees it: soft line ends and escapes of quoted-printable undone. */
function bodyOf(raw: string): string {
  const body = raw.slice(raw.indexOf("\r\n\r\n") + 4);
  return body
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
});
afterAll(() => new Promise<void>((resolve) => server.close(resolve)));

test("nothing is due before anything was witnessed", async () => {
  expect(await dueWitnessMail(new Date())).toBeUndefined();
});

test("the head that was witnessed last is due, once, and the next within the hour", async () => {
  await verifyTrail(cli, {});
  await witnessNow(cli, {});
  const due = await dueWitnessMail(new Date());
  if (due === undefined) throw new Error("Nothing is due.");
  expect(due.subject).toBe("Audit trail of Signalbox: block 1 witnessed");
  expect((await readTrailAges()).unmailedS).not.toBeNull();
  await noteMailed(due, new Date());
  expect((await readTrailAges()).unmailedS).toBeNull();
  expect(await dueWitnessMail(minutes(120))).toBeUndefined();
  await witnessNow(cli, {});
  expect(await dueWitnessMail(minutes(54))).toBeUndefined();
  expect(await dueWitnessMail(minutes(56))).toMatchObject({ number: 2 });
});

test("the e-mail arrives, and its line is a witness to the trail, also against whoever has the keys", async () => {
  const due = await dueWitnessMail(minutes(56));
  const { subject, text } = due ?? { subject: "", text: "" };
  const email = { from: "signalbox@example.org", to: "privacy@example.org", subject, text };
  await sendEmail(mailServer(), email);
  expect(received).toMatchObject([{ from: "signalbox@example.org", to: ["privacy@example.org"] }]);
  const line = bodyOf(received[0]?.raw ?? "")
    .split("\r\n")
    .find((one) => one.startsWith("{"));
  const witnessFile = path.join(place().folder, "from-mail.ndjson");
  await writeFile(witnessFile, `${line}\n`);
  const file = path.join(place().folder, "trail.ndjson");
  await exportTrail(cli, { file });
  expect(await verifyExport({ file, witnessFile })).toMatchObject({ ok: true });

  await verifyTrail(cli, {});
  await asOwner(
    place(),
    "DELETE FROM signal.audit_block WHERE number = 2",
    "DELETE FROM signal.audit_block_leaf WHERE block = 2",
  );
  const cut = path.join(place().folder, "cut.ndjson");
  await exportTrail(cli, { file: cut });
  expect(await verifyExport({ file: cut, witnessFile })).toMatchObject({ ok: false });
});

test("a server elsewhere that offers no encryption is refused", async () => {
  const sending = sendEmail(
    { ...mailServer(), needsTls: true },
    { from: "signalbox@example.org", to: "privacy@example.org", subject: "x", text: "x" },
  );
  await expect(sending).rejects.toThrow();
  expect(received).toHaveLength(1);
});
