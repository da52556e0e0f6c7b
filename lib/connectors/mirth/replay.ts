import type { ContentRef, PollIo, ReplayAnswer } from "../connector";
import { agentForOne } from "../http/agent";
import { type HttpSendResult, sendHttp } from "../http/send";
import { CHANNEL_ID } from "./calls";
import type { MirthConfig } from "./config";

/** The name of the secret that goes with `replayUsername`. */
export const REPLAY_SECRET = "replayPassword";

/**
 * The one call of this product that makes an engine do something: a message is processed again, for one destination, as a
 * new message. The original is never replaced. One attempt on a connection of its own; nothing is repeated, whatever happens.
 */
export const replay = {
  isReady: (config: MirthConfig, secretNames: readonly string[]): boolean =>
    config.replayUsername !== undefined && secretNames.includes(REPLAY_SECRET),
  send: async (config: MirthConfig, io: PollIo, ref: ContentRef): Promise<ReplayAnswer> => {
    const password = io.secret(REPLAY_SECRET);
    const url = addressOf(config, ref);
    if (url === undefined || config.replayUsername === undefined || password === undefined) {
      return { kind: "refused", trouble: "not_ready" };
    }
    const credentials = Buffer.from(`${config.replayUsername}:${password}`).toString("base64");
    const agent = agentForOne(config);
    const sent = await sendHttp({
      signal: io.signal,
      message: {
        url,
        agent,
        method: "POST",
        body: "",
        timeoutMs: config.timeoutSeconds * 1_000,
        headers: {
          Authorization: `Basic ${credentials}`,
          Accept: "application/xml",
          "X-Requested-With": "Signalbox",
          "User-Agent": "Signalbox",
        },
      },
    });
    agent.destroy();
    return answerOf(sent);
  },
};

/** Ids that are none would lead out of the path; metaDataId 0 is the source connector, which sends nothing. */
function addressOf(config: MirthConfig, ref: ContentRef): string | undefined {
  const isPlain = /^[1-9]\d{0,15}$/;
  if (!CHANNEL_ID.test(ref.interface) || !isPlain.test(ref.messageId) || !isPlain.test(ref.leg)) {
    return undefined;
  }
  const query = new URLSearchParams({ replace: "false", filterDestinations: "true", metaDataId: ref.leg });
  return `${config.url}/api/channels/${ref.interface}/messages/${ref.messageId}/_reprocess?${query}`;
}

function answerOf(sent: HttpSendResult): ReplayAnswer {
  switch (sent.kind) {
    case "answered":
      return judge(sent.status);
    case "not-sent":
      return { kind: "refused", trouble: sent.cause };
    case "ambiguous":
      return { kind: "unclear", trouble: sent.cause };
  }
}

/**
 * The engine answers 204 before it begins. Of its refusals those count that come before any work: the account, the request,
 * the path. Anything else, and whatever a gateway says, leaves it open.
 */
function judge(status: number): ReplayAnswer {
  if (status === 200 || status === 204) return { kind: "accepted" };
  const refusal = refusals[status];
  return refusal === undefined
    ? { kind: "unclear", trouble: `http_${status}` }
    : { kind: "refused", trouble: refusal };
}

const refusals: Readonly<Record<number, string | undefined>> = {
  400: "bad_request",
  401: "wrong_password",
  403: "forbidden",
  404: "not_found",
  405: "not_allowed",
};
