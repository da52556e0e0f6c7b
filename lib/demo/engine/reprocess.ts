import { seededRandom } from "../random";
import { type Call, recordRead } from "./call";
import type { ChannelStore } from "./channel-store";
import { channelAttribute } from "./event-log";
import { planMessage } from "./plan-message";
import type { Reply } from "./reply";
import type { StoredMessage } from "./stored-message";

/** `POST …/messages/{id}/_reprocess`: the one call that makes the engine send again. */
export const reprocessPath = /^\/channels\/(?<channelId>[^/]+)\/messages\/(?<messageId>\d+)\/_reprocess$/;

/**
 * Answers before anything is done, whatever then becomes of it: of a message that is gone, or whose content was not kept,
 * nothing is. The new message goes to the destinations that were named, or to all.
 */
export function reprocess(call: Call): Reply {
  const store = call.state.store(call.path.channelId ?? "");
  if (store === undefined) return { kind: "exception", message: "java.lang.NullPointerException" };
  const { query } = call;
  const messageId = Number(call.path.messageId);
  const only =
    query.get("filterDestinations") === "true" ? query.getAll("metaDataId").map(Number) : undefined;
  recordRead(call, {
    name: "Reprocess messages",
    attributes: [
      ["filterDestinations", `${only !== undefined}\n`],
      ["reprocessMetaDataIds", only === undefined ? undefined : `${only.join(", ")}\n`],
      ["replace", `${query.get("replace") === "true"}\n`],
      ["messageId", `${messageId}\n`],
      ["channel", channelAttribute(store.spec)],
    ],
  });
  const original = store.find(messageId);
  if (original !== undefined && keepsContent(store)) store.add(copyOf({ store, original, only, call }));
  return { kind: "nothing" };
}

function keepsContent({ spec }: ChannelStore): boolean {
  return spec.storage !== "METADATA" && !spec.removesContent;
}

function copyOf(again: {
  readonly store: ChannelStore;
  readonly original: StoredMessage;
  readonly only: readonly number[] | undefined;
  readonly call: Call;
}): StoredMessage {
  const { store, original, only, call } = again;
  const messageId = store.nextMessageId();
  const all = store.spec.destinations.map((_, index) => index + 1);
  const planned = planMessage({
    spec: store.spec,
    random: seededRandom("reprocess", store.spec.id, messageId),
    messageId,
    startedAtMs: call.nowMs,
    facts: original.facts,
    wanted: { 0: { kind: "sent" } },
    down: new Set(all.filter((metaDataId) => store.queue(metaDataId).isDown())),
    waiting: new Set(all.filter((metaDataId) => store.queue(metaDataId).size() > 0)),
  });
  const isMeant = (metaDataId: number) => metaDataId === 0 || only === undefined || only.includes(metaDataId);
  return {
    ...planned,
    originalId: original.messageId,
    rows: planned.rows.filter(({ metaDataId }) => isMeant(metaDataId)),
  };
}
