import { parseHl7 } from "../formats/hl7v2/parse";
import { maskContent } from "../formats/masking/mask-content";
import { maskShape } from "../formats/masking/mask-shape";

export type MaskedAttribute = { readonly name: string; readonly value: string; readonly isMasked: boolean };

/**
 * Attributes of an engine's audit event for reading. What names a channel, a connector or a setting is shown; everything
 * else is masked by shape, because searches may hold an MRN and "Process messages" holds the whole message.
 */
export function maskAttributes(attributes: Readonly<Record<string, string>>): readonly MaskedAttribute[] {
  return Object.entries(attributes)
    .map(([name, raw]) => {
      const value = raw.trim().slice(0, MAX_LENGTH);
      if (shown.has(plain(name)) && !looksLikeMessage(value)) return { name, value, isMasked: false };
      return { name, value: masked(value), isMasked: value !== "" };
    })
    .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
}

const MAX_LENGTH = 2_000;

// Names of attributes as engines of the Mirth family write them, letters only, in small type.
const shown: ReadonlySet<string> = new Set([
  "channel",
  "channelid",
  "channelids",
  "channelname",
  "connector",
  "connectorname",
  "metadataid",
  "metadataids",
  "alertid",
  "alertname",
  "errortype",
  "enabled",
  "initialstate",
  "override",
  "overwrite",
  "replace",
  "limit",
  "offset",
  "minmessageid",
  "maxmessageid",
  "messageid",
  "status",
  "statuses",
  "server",
  "serverid",
]);

/** "channel[0]" and "Channel Id" are "channel" and "channelid". */
function plain(name: string): string {
  return name
    .replace(/\[\d+\]$/, "")
    .replace(/[^a-z]/gi, "")
    .toLowerCase();
}

function looksLikeMessage(value: string): boolean {
  return parseHl7(value) !== undefined || value.includes("PID|");
}

function masked(value: string): string {
  const content = maskContent(value);
  return content.kind === "text" ? content.text : maskShape(value);
}
