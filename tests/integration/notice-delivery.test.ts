import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { MAX_ATTEMPTS } from "@/lib/core/notice/problem";
import type { ChannelAddress } from "@/lib/core/notice/schema";
import { isSignedBy } from "@/lib/core/notice/signature";
import { noticeChannelPurpose } from "@/lib/crypto/notice-secret";
import { seal } from "@/lib/crypto/seal";
import { insertChannel } from "@/lib/db/notice-channels";
import { insertDeliveries } from "@/lib/db/notice-deliveries";
import { raiseNotice } from "@/lib/db/notice-outbox";
import { putSetting, removeSetting } from "@/lib/db/settings";
import { inTransaction } from "@/lib/db/transaction";
import { deliverNotices } from "@/lib/jobs/deliver-notices";
import { takeDue } from "@/lib/services/notices/take-deliveries";
import { startMailServer, startReceiver } from "@/tests/support/notice-receivers";
import { aNotice } from "@/tests/support/notices";
import { addPerson } from "@/tests/support/people";
import { withStorage } from "@/tests/support/storage";

const mail = await startMailServer();
const receiver = await startReceiver();
vi.stubEnv("SIGNALBOX_SMTP_URL", `smtp://127.0.0.1:${mail.port}`);
vi.stubEnv("SIGNALBOX_MAIL_FROM", "signalbox@example.org");
vi.stubEnv("SIGNALBOX_WITNESS_EMAIL", "privacy@example.org");
const db = withStorage();
const secret = "a-secret-of-the-test";

afterAll(async () => {
  await mail.stop();
  await receiver.stop();
});
beforeEach(async () => {
  receiver.posts.length = 0;
  mail.mails.length = 0;
  receiver.answer.status = 202;
  await db().pool.query("DELETE FROM signal.notice_outbox");
});

async function addChannel(address: ChannelAddress): Promise<string> {
  const id = randomUUID();
  const sealed = seal(JSON.stringify(address), noticeChannelPurpose(id));
  const { kind } = address;
  await inTransaction((tx) =>
    insertChannel(tx, {
      id,
      teamId: randomUUID(),
      kind,
      name: kind,
      hint: "",
      sealed,
      by: "test",
      now: new Date(),
    }),
  );
  return id;
}

/** A notice in line for one channel, or for the account of a person. */
async function inLine(to: { readonly channelId?: string; readonly userId?: string }, over = {}) {
  const notice = aNotice(over);
  await inTransaction(async (tx) => {
    await raiseNotice(tx, notice);
    const [found] = await tx.$queryRaw<readonly { id: string }[]>`
      SELECT id::text FROM signal.notice_outbox WHERE key = ${notice.key}`;
    const recipients = [{ channelId: to.channelId, userId: to.userId, teamId: undefined }];
    await insertDeliveries(tx, { noticeId: found?.id ?? "", recipients, now: new Date() });
  });
  return notice;
}

const run = (at = new Date()) => deliverNotices.run({ signal: new AbortController().signal, now: () => at });

async function states() {
  const { rows } = await db().pool.query(
    "SELECT state, attempts, problem FROM signal.notice_delivery ORDER BY created_at",
  );
  return rows;
}

const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);

describe("an e-mail", () => {
  test("goes to the account of a person without a channel, with a link in its fragment, once", async () => {
    const { id: userId, email } = await addPerson(db(), []);
    const notice = await inLine({ userId });
    await run();
    await run(later(60));
    expect(mail.mails.map(({ to }) => to)).toEqual([email]);
    const raw = (mail.mails[0]?.raw ?? "").replace(/=\r\n/g, "").replaceAll("=3D", "=");
    expect(raw).toContain("Subject: Critical: Lab results to RIS");
    expect(raw).toContain(`http://localhost:3000${notice.path}`);
    expect(raw).toMatch(/http:\/\/localhost:3000\/acknowledge#[\w-]{43}/);
    expect(await states()).toEqual([{ state: "sent", attempts: 1, problem: null }]);
  });

  test("that the server refuses for good fails at once, with the reason", async () => {
    const channelId = await addChannel({ kind: "email", to: "nobody@example.org" });
    await inLine({ channelId });
    await run();
    expect(await states()).toEqual([{ state: "failed", attempts: 1, problem: "mail_refused" }]);
  });

  test("of a person whose account is disabled is not sent", async () => {
    const { id: userId } = await addPerson(db(), []);
    await db().prisma.user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
    await inLine({ userId });
    await run();
    expect(mail.mails).toEqual([]);
    expect(await states()).toMatchObject([{ state: "failed", problem: "channel_removed" }]);
  });
});

describe("a signed webhook", () => {
  test("can be checked by its receiver, and holds nothing but interface, reason, count and link", async () => {
    const channelId = await addChannel({ kind: "webhook", url: `${receiver.url}/hook`, secret });
    const notice = await inLine({ channelId });
    await run();
    const [post] = receiver.posts;
    const { body = "", headers } = post ?? {};
    const header = String(headers?.["signalbox-signature"]);
    expect(isSignedBy({ header, body, secret, now: new Date() })).toBe(true);
    expect(isSignedBy({ header, body: `${body} `, secret, now: new Date() })).toBe(false);
    expect(Object.keys(JSON.parse(body)).sort()).toEqual(
      "count department id incident interface kind link raisedAt reason severity text title".split(" "),
    );
    expect(JSON.parse(body)).toMatchObject({ incident: notice.incidentId, count: 3 });
    expect(headers?.["idempotency-key"]).toBe(JSON.parse(body).id);
  });

  test("is tried again while the receiver fails, under the same id, and counts as failed in the end", async () => {
    receiver.answer.status = 503;
    const channelId = await addChannel({ kind: "webhook", url: receiver.url, secret });
    await inLine({ channelId });
    await run();
    expect(await states()).toEqual([{ state: "waiting", attempts: 1, problem: "server_error" }]);
    await run();
    expect(receiver.posts).toHaveLength(1);
    for (let hour = 2; hour < 2 + MAX_ATTEMPTS * 2; hour += 2) await run(later(60 * hour));
    expect(receiver.posts).toHaveLength(MAX_ATTEMPTS);
    expect(new Set(receiver.posts.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(await states()).toEqual([{ state: "failed", attempts: MAX_ATTEMPTS, problem: "server_error" }]);
  });

  test.each([
    { status: 401, problem: "rejected" },
    { status: 410, problem: "gone" },
    { status: 302, problem: "redirected" },
  ])("that is answered $status is not tried again", async ({ status, problem }) => {
    receiver.answer.status = status;
    const channelId = await addChannel({ kind: "webhook", url: receiver.url, secret });
    await inLine({ channelId });
    await run();
    expect(await states()).toEqual([{ state: "failed", attempts: 1, problem }]);
    expect(receiver.posts).toHaveLength(1);
  });
});

describe("the formats of others", () => {
  const key = "0123456789abcdef0123456789abcdef";

  test("Slack gets blocks, and what is written outside cannot be markup", async () => {
    const channelId = await addChannel({ kind: "slack", url: receiver.url });
    await inLine({ channelId }, { interfaceName: "<!channel> & co" });
    await run();
    const { text, blocks } = JSON.parse(receiver.posts[0]?.body ?? "");
    expect(text).toContain("&lt;!channel&gt; &amp; co");
    expect(blocks.map(({ type }: { type: string }) => type)).toEqual(["header", "section", "context"]);
    expect(blocks[0].text).toMatchObject({ type: "plain_text", text: "Critical: <!channel> & co" });
  });

  test("Teams gets an Adaptive Card", async () => {
    const channelId = await addChannel({ kind: "teams", url: `${receiver.url}/invoke?sig=x` });
    const { path } = await inLine({ channelId });
    await run();
    const { type, attachments } = JSON.parse(receiver.posts[0]?.body ?? "");
    expect([type, receiver.posts[0]?.path]).toEqual(["message", "/invoke?sig=x"]);
    expect(attachments).toMatchObject([
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        content: {
          type: "AdaptiveCard",
          actions: [{ type: "Action.OpenUrl", url: `http://localhost:3000${path}` }],
        },
      },
    ]);
  });

  test("PagerDuty gets one key an incident, from triggering to resolving", async () => {
    const channelId = await addChannel({ kind: "pagerduty", url: receiver.url, routingKey: key });
    const kinds = ["incident_opened", "incident_acknowledged", "incident_resolved"] as const;
    for (const kind of kinds) await inLine({ channelId }, { kind, incidentId: "12" });
    await run();
    const events = receiver.posts.map(({ body }) => JSON.parse(body));
    expect(events.map(({ event_action: action }) => action).sort()).toEqual([
      "acknowledge",
      "resolve",
      "trigger",
    ]);
    expect(new Set(events.map(({ dedup_key: dedup }) => dedup))).toEqual(new Set(["signalbox-12"]));
    expect(events.find(({ event_action: action }) => action === "trigger")).toMatchObject({
      routing_key: key,
      payload: { severity: "critical", source: "Lab results to RIS" },
    });
  });
});

describe("a worker that dies", () => {
  test("before it sends has the notice sent by the next one, after the lease", async () => {
    const channelId = await addChannel({ kind: "webhook", url: receiver.url, secret });
    await inLine({ channelId });
    // Taken; then the worker is gone, before it sent anything.
    expect(await takeDue(new Date(), "http://localhost:3000")).toHaveLength(1);
    await run();
    expect(receiver.posts).toHaveLength(0);
    await run(later(2));
    await run(later(4));
    expect(receiver.posts).toHaveLength(1);
    expect(await states()).toEqual([{ state: "sent", attempts: 2, problem: null }]);
  });

  test("of two at once one takes a delivery", async () => {
    const channelId = await addChannel({ kind: "webhook", url: receiver.url, secret });
    for (let i = 0; i < 8; i++) await inLine({ channelId });
    await Promise.all([run(), run(), run()]);
    expect(receiver.posts).toHaveLength(8);
  });
});

test("nothing goes out while everything that sends is held after a restore", async () => {
  const channelId = await addChannel({ kind: "webhook", url: receiver.url, secret });
  await inLine({ channelId });
  await inTransaction((tx) => putSetting(tx, { key: "sendingHold", value: true, now: new Date() }));
  await run();
  expect(receiver.posts).toHaveLength(0);
  await inTransaction((tx) => removeSetting(tx, "sendingHold"));
  await run();
  expect(receiver.posts).toHaveLength(1);
});

test("a name that leads nowhere is waited for", async () => {
  const url = receiver.url.replace("127.0.0.1", "localhost.example.invalid");
  const channelId = await addChannel({ kind: "webhook", url, secret });
  await inLine({ channelId });
  await run();
  expect(await states()).toMatchObject([{ state: "waiting", problem: "no_such_host" }]);
});
