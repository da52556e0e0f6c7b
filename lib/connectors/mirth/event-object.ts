import type { ExternalAuditEvent } from "@/lib/core/message/schema";

type EventObject = Pick<ExternalAuditEvent, "objectType" | "objectId" | "objectName">;
type Attributes = Readonly<Record<string, string>>;

/**
 * What an event is about, from its attributes: a message of a channel, a channel, an alert or an account. Several channels
 * come as `channel[0]`, `channel[1]` … and the first stands for them.
 */
export function objectOf(attributes: Attributes): EventObject {
  const channel = channelOf(attributes);
  const messageId = attributes["messageId"];
  if (channel !== undefined && messageId) {
    return object("message", { id: `${channel.id}/${messageId}`, name: channel.name });
  }
  if (channel !== undefined) return object("channel", channel);
  const alert = alertOf(attributes);
  if (alert !== undefined) return object("alert", alert);
  const user = userOf(attributes);
  return user === undefined ? {} : object("user", user);
}

type Thing = { readonly id?: string | undefined; readonly name?: string | undefined };

function object(objectType: string, { id, name }: Thing): EventObject {
  return {
    objectType,
    ...(id ? { objectId: id.slice(0, 256) } : {}),
    ...(name ? { objectName: name.slice(0, 256) } : {}),
  };
}

/** `Channel[id=…,name=…]`; alerts name theirs in two attributes, a cleared counter in a map. */
function channelOf(attributes: Attributes): { readonly id: string; readonly name?: string } | undefined {
  const text = attributes["channel"] || attributes["channel[0]"] || "";
  const [, id, name] = /^Channel\[id=([^,\]]+),name=([\s\S]*)\]$/.exec(text.trim()) ?? [];
  if (id !== undefined) return { id, ...(name === undefined ? {} : { name }) };
  const plain = attributes["channelId"] || /^\{([^=,}]+)=/.exec(attributes["channelConnectorMap"] ?? "")?.[1];
  const plainName = attributes["channelName"];
  return plain ? { id: plain, ...(plainName ? { name: plainName } : {}) } : undefined;
}

function alertOf(attributes: Attributes): Thing | undefined {
  const model = /AlertModel\[id=([^,\]]+), ?name=([^,\]]+)/.exec(attributes["alertModel"] ?? "");
  const id = attributes["alertId"] || model?.[1];
  const name = attributes["alertName"] || model?.[2];
  return id || name ? { id, name } : undefined;
}

function userOf(attributes: Attributes): Thing | undefined {
  const [, id, name] = /^User\[id=([^,\]]*),username=([^,\]]*)/.exec(attributes["user"] ?? "") ?? [];
  const known = { id: attributes["userId"] || (id === "<null>" ? undefined : id), name };
  return known.id || known.name ? known : undefined;
}
