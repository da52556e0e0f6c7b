import { once } from "node:events";
import net from "node:net";
import { createMllpReader, frameMllp } from "@/lib/core/formats/mllp/frames";

/** A sender that may also misbehave: raw bytes in, answers as they come. */
export type MllpClient = {
  readonly socket: net.Socket;
  readonly answers: readonly string[];
  readonly send: (...messages: readonly string[]) => void;
  /** The answer number `n`, counted from 1; undefined when the connection is closed before. */
  readonly answer: (n: number) => Promise<string | undefined>;
};

export async function connectMllp(port: number): Promise<MllpClient> {
  const socket = net.connect({ host: "127.0.0.1", port });
  socket.on("error", () => undefined);
  const reader = createMllpReader({ maxBytes: 16 * 1024 ** 2 });
  const answers: string[] = [];
  socket.on("data", (chunk: Buffer) => {
    answers.push(...reader.feed(chunk).map(({ bytes }) => bytes.toString()));
    socket.emit("answered");
  });
  socket.on("close", () => socket.emit("answered"));
  await once(socket, "connect");
  return {
    socket,
    answers,
    send: (...messages) => void socket.write(Buffer.concat(messages.map(frameMllp))),
    answer: async (n) => {
      while (answers.length < n && !socket.closed) await once(socket, "answered");
      return answers[n - 1];
    },
  };
}

/** A message of a made-up patient; `n` is in its control id. */
export function anHl7Message(n: number | string, more = ""): string {
  return [
    `MSH|^~\\&|HIS|NORTH|RIS|NORTH|20260310110029||ADT^A08|C${n}|P|2.5`,
    `PID|1||${n}^^^NORTH^MR||TESTPERSON^Anna${more}`,
    "",
  ].join("\r");
}
