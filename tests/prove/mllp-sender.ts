import { setTimeout as sleep } from "node:timers/promises";
import { connectMllp, type MllpClient } from "@/tests/support/mllp-client";

/** Senders that send every message until it is answered, one at a time on each connection, as most engines do. */
export type MllpSender = {
  /** Control ids of messages answered with AA. */
  readonly acked: () => readonly string[];
  readonly retries: () => number;
  readonly refused: () => number;
  /** Begins no new message, and resolves when all that were begun are answered. */
  readonly finish: () => Promise<void>;
};

export function startMllpSender(to: {
  readonly port: number;
  readonly connections: number;
  readonly prefix: string;
  /** Ends it whatever was answered. */
  readonly signal: AbortSignal;
}): MllpSender {
  const acked: string[] = [];
  let retries = 0;
  let refused = 0;
  let isStopping = false;
  const send = async (place: number) => {
    let client: MllpClient | undefined;
    for (let n = 0; !isStopping && !to.signal.aborted; n += 1) {
      const id = `${to.prefix}C${place}N${n}`;
      for (let isAnswered = false; !isAnswered && !to.signal.aborted; ) {
        client ??= await connectMllp(to.port).catch(() => undefined);
        const answer = client && (await answerOf(client, anOrderMessage(id)));
        isAnswered = answer?.includes(`|${id}`) === true;
        if (isAnswered && answer?.includes(`MSA|AA|${id}`) === true) acked.push(id);
        else if (isAnswered) refused += 1;
        else {
          retries += 1;
          client?.socket.destroy();
          client = undefined;
          await sleep(50);
        }
      }
    }
    client?.socket.destroy();
  };
  const all = Promise.all(Array.from({ length: to.connections }, (_, place) => send(place)));
  return {
    acked: () => acked,
    retries: () => retries,
    refused: () => refused,
    finish: async () => {
      isStopping = true;
      await all;
    },
  };
}

/** Undefined where the connection ends before. */
async function answerOf(client: MllpClient, message: string): Promise<string | undefined> {
  const next = client.answers.length + 1;
  client.send(message);
  return client.answer(next).catch(() => undefined);
}

/** An order of its own exam: what is lost or doubled shows in the exams too. */
function anOrderMessage(id: string): string {
  return [
    `MSH|^~\\&|HIS|NORTH|RIS|NORTH|20260310110029||ORM^O01|${id}|P|2.5`,
    "PID|1||4711^^^NORTH^MR||TESTPERSON^Anna",
    `ORC|NW|P${id}^HIS|F${id}^RIS`,
    `OBR|1|P${id}^HIS|F${id}^RIS|CTHEAD^CT of the head||||||||||||||A${id}^NORTH`,
    "",
  ].join("\r");
}
