import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { runSources } from "@/lib/ingest/run-sources";
import { freePort } from "@/tests/support/free-port";
import { anHl7Message, connectMllp, type MllpClient } from "@/tests/support/mllp-client";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  await db().prisma.source.updateMany({ data: { pausedAt: new Date() } });
});

type Feed = { readonly sourceId: number; readonly port: number };

async function addFeed(config: Readonly<Record<string, unknown>> = {}): Promise<Feed> {
  const port = await freePort();
  const data = { kind: "hl7-mllp", name: `feed ${port}`, config: { port, ...config } };
  const { id } = await db().prisma.source.create({ data });
  return { sourceId: id, port };
}

function collect(): () => Promise<void> {
  const stop = new AbortController();
  const done = runSources({ signal: stop.signal, now: () => new Date() });
  const end = async () => {
    stop.abort();
    await done;
  };
  stops.push(end);
  return end;
}

async function connect({ port }: Feed): Promise<MllpClient> {
  for (let tries = 0; tries < 200; tries += 1) {
    const client = await connectMllp(port).catch(() => undefined);
    if (client !== undefined) {
      stops.push(async () => void client.socket.destroy());
      return client;
    }
    await sleep(100);
  }
  throw new Error("The port was not opened in time.");
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await isTrue()) return;
    await sleep(100);
  }
  throw new Error("It did not come true in time.");
}

async function stored({ sourceId }: Feed) {
  const { rows } = await db().pool.query(
    `SELECT d.control_id, d.message_type, d.state, d.outcome, d.ack_code, d.observations::int FROM signal.delivery d
     JOIN public.leg l ON l.id = d.leg_id WHERE l.source_id = $1 ORDER BY d.received_at, d.control_id`,
    [sourceId],
  );
  return rows;
}

async function deadLetters({ sourceId }: Feed) {
  const { rows } = await db().pool.query(
    "SELECT reason, attempts::int FROM signal.dead_letter WHERE source_id = $1",
    [sourceId],
  );
  return rows;
}

async function portState({ sourceId }: Feed) {
  const { rows } = await db().pool.query(
    "SELECT failures, error_code, last_success_at IS NOT NULL AS opened FROM signal.stream WHERE source_id = $1 AND stream = 'listen'",
    [sourceId],
  );
  return rows[0];
}

describe("a port for HL7 over MLLP", () => {
  test("answers AA when a message is stored, and is noted as open", async () => {
    const feed = await addFeed();
    collect();
    const client = await connect(feed);
    client.send(anHl7Message(1));
    expect(await client.answer(1)).toContain("MSA|AA|C1\r");
    expect(await stored(feed)).toMatchObject([
      { control_id: "C1", message_type: "ADT^A08", state: "received", outcome: "ok" },
    ]);
    await until(async () => (await portState(feed))?.opened === true);
  });

  test("takes the same bytes again, also after a restart, for the message that is known", async () => {
    const feed = await addFeed();
    const stop = collect();
    const first = await connect(feed);
    first.send(anHl7Message(1), anHl7Message(1), anHl7Message(2));
    expect(await first.answer(3)).toContain("MSA|AA|C2\r");
    await stop();
    collect();
    const second = await connect(feed);
    second.send(anHl7Message(1), anHl7Message(3));
    expect(await second.answer(2)).toContain("MSA|AA|C3\r");
    expect((await stored(feed)).map(({ control_id }) => control_id)).toEqual(["C1", "C2", "C3"]);
  });

  test("counts two messages that differ and share a control id as two", async () => {
    const feed = await addFeed();
    collect();
    const client = await connect(feed);
    client.send(anHl7Message(1), anHl7Message(1, "^other"));
    await client.answer(2);
    expect(await stored(feed)).toHaveLength(2);
  });

  test("keeps what is no message, and answers AA as a tap and AE as a destination", async () => {
    for (const [mode, code] of [
      ["tap", "AA"],
      ["destination", "AE"],
    ] as const) {
      const feed = await addFeed({ mode });
      collect();
      const client = await connect(feed);
      client.send("this is no message");
      expect(await client.answer(1)).toContain(`MSA|${code}|`);
      expect(await deadLetters(feed)).toMatchObject([{ reason: "unparseable" }]);
    }
  });

  test("pairs messages with acknowledgements where both directions are copied", async () => {
    const feed = await addFeed({ copies: "both" });
    collect();
    const client = await connect(feed);
    client.send(anHl7Message(1), anHl7Message(2));
    await client.answer(2);
    client.send("MSH|^~\\&|RIS|NORTH|HIS|NORTH|20260310110030||ACK|R1|P|2.5\rMSA|AE|C1\r");
    expect(await client.answer(3)).toContain("MSA|AA|R1\r");
    expect(await stored(feed)).toMatchObject([
      { control_id: "C1", state: "error", outcome: "failed", ack_code: "AE" },
      { control_id: "C2", outcome: "pending" },
    ]);
  });

  test("closes the connection without an answer when a message cannot be stored", async () => {
    const feed = await addFeed();
    collect();
    const client = await connect(feed);
    client.send(anHl7Message(1));
    await client.answer(1);
    const { rows } = await db().pool.query<{ id: number }>("SELECT id FROM public.leg WHERE source_id = $1", [
      feed.sourceId,
    ]);
    // A minute that another transaction holds, as long as no statement may take.
    const holder = await db().pool.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT FROM signal.rollup_minute WHERE leg_id = $1 FOR UPDATE", [rows[0]?.id]);
    client.send(anHl7Message(2));
    expect(await client.answer(2)).toBeUndefined();
    await holder.query("ROLLBACK");
    holder.release();
  }, 90_000);

  test("is opened by nobody while another program has it, which is told, and opened when it is free", async () => {
    const feed = await addFeed();
    const other = net.createServer();
    await new Promise<void>((resolve) => other.listen(feed.port, "127.0.0.1", resolve));
    collect();
    await until(async () => (await portState(feed))?.failures > 0);
    expect((await portState(feed))?.error_code).toBe("source_unreachable:port_in_use");
    await new Promise((resolve) => other.close(resolve));
    await connect(feed);
    await until(async () => (await portState(feed))?.failures === 0);
  });

  test("is closed within seconds of being paused", async () => {
    const feed = await addFeed();
    collect();
    const client = await connect(feed);
    await db().prisma.source.update({ where: { id: feed.sourceId }, data: { pausedAt: new Date() } });
    expect(await client.answer(1)).toBeUndefined();
    await until(() =>
      connectMllp(feed.port).then(
        () => false,
        () => true,
      ),
    );
  });
});

describe("senders that misbehave", () => {
  test("idle, half-open and slow ones keep nobody else from being answered, and a frame cut by a restart is not taken for a message", async () => {
    const feed = await addFeed();
    const stop = collect();
    await connect(feed);
    const idle = await Promise.all(Array.from({ length: 300 }, () => connectMllp(feed.port)));
    stops.push(async () => {
      for (const { socket } of idle) socket.destroy();
    });
    const halfOpen = await connectMllp(feed.port);
    halfOpen.socket.write("\u000bMSH|^~\\&|HIS|NORTH|RIS|NORTH|2026");
    const garbage = await connectMllp(feed.port);
    garbage.socket.write("GET / HTTP/1.1\r\n\r\n");
    const slow = await connectMllp(feed.port);
    for (const byte of `\u000b${anHl7Message("slow")}`) slow.socket.write(byte);
    const good = await connectMllp(feed.port);
    good.send(anHl7Message(1));
    expect(await good.answer(1)).toContain("MSA|AA|C1\r");
    slow.socket.write("\u001c\r");
    expect(await slow.answer(1)).toContain("MSA|AA|Cslow\r");
    await stop();
    expect((await stored(feed)).map(({ control_id }) => control_id)).toEqual(["C1", "Cslow"]);
  });

  test("a flood is answered message by message, each stored", async () => {
    const feed = await addFeed();
    collect();
    const client = await connect(feed);
    const messages = Array.from({ length: 3_000 }, (_, i) => anHl7Message(`flood${i}`));
    client.send(...messages);
    await client.answer(3_000);
    expect(client.answers).toHaveLength(3_000);
    expect(client.answers.filter((answer) => !answer.includes("MSA|AA|"))).toEqual([]);
    expect(await stored(feed)).toHaveLength(3_000);
  }, 60_000);
});
