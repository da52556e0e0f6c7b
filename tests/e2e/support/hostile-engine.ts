import http from "node:http";
import { aChannel, aDestination } from "@/lib/demo/engine/channel-spec";
import { sampleChannels } from "@/lib/demo/engine/sample-channels";
import { startEngine } from "@/lib/demo/engine/start-engine";
import { hostileTexts } from "./hostile-texts";

export type HostileEngine = {
  readonly url: string;
  readonly credentials: { readonly username: string; readonly password: string };
  readonly stop: () => Promise<void>;
};

/** A stub engine whose channels bear hostile names, with every hostile text as a name (PID-5) of each patient. */
export async function startHostileEngine(): Promise<HostileEngine> {
  const names = hostileTexts.slice(0, 3).map((name, i) =>
    aChannel({
      id: `5b0a00fe-0000-4000-8000-00000000000${i}`,
      name,
      port: 6710 + i,
      messageTypes: [["ADT^A08", 1]],
      share: 4,
      destinations: [aDestination({ name, failureRate: 0.5, failures: [["nack_ae", 1]] })],
    }),
  );
  const channels = [...sampleChannels, ...names];
  const engine = await startEngine({ port: 0, seed: 12, now: () => new Date(), messages: 150, channels });
  const server = http.createServer((request, response) => {
    const { method, headers, url } = request;
    const passed = http.request(new URL(url ?? "/", engine.url), { method, headers }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(Buffer.from(chunk));
      const body = Buffer.concat(chunks).toString("utf8").replace(familyName, patientNames);
      response.writeHead(answer.statusCode ?? 502, {
        ...answer.headers,
        "content-length": Buffer.byteLength(body),
      });
      response.end(body);
    });
    passed.on("error", () => response.destroy());
    request.pipe(passed);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    credentials: engine.credentials,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await engine.stop();
    },
  };
}

/** PID-5.1 as the stub writes it, behind the identifier of type MR. */
const familyName = /\^MR\|\|[A-Z]+/g;
const inXml = hostileTexts.join("~").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const patientNames = () => `^MR||${inXml}`;
