import { createHash } from "node:crypto";
import type { ChannelSpec } from "./channel-spec";
import { failureText } from "./failure";
import { hl7Tree } from "./hl7-tree";
import { columnValue } from "./message-facts";
import { acknowledgementText, messageText } from "./message-text";
import { element, emptyLeaf, entry, leaf, stringEntry, type WireNode, withClass } from "./node";
import { escapeXml } from "./print-xml";
import { sentProperties } from "./sent-properties";
import type { ConnectorRow, StoredMessage } from "./stored-message";

/** The parts of a connector message that depend on whether content was asked for and kept. */
export type ConnectorContent = {
  readonly bodies: readonly WireNode[];
  readonly maps: readonly WireNode[];
  readonly errors: readonly WireNode[];
};

const emptyMap = withClass(emptyLeaf("content"), "map");
const errorTags = ["processingErrorContent", "postProcessorErrorContent", "responseErrorContent"] as const;
const mapTags = [
  "sourceMapContent",
  "connectorMapContent",
  "channelMapContent",
  "responseMapContent",
] as const;

export const noContent: ConnectorContent = {
  bodies: [],
  maps: mapTags.map((tag) => element(tag, [leaf("encrypted", false), emptyMap])),
  errors: errorTags.map((tag) => element(tag, [leaf("encrypted", false)])),
};

export type ContentView = {
  readonly spec: ChannelSpec;
  readonly message: StoredMessage;
  readonly isProcessed: boolean;
};

/** Bodies, maps and error texts of a row, as far as the channel's storage mode keeps them. */
export function contentOf(view: ContentView, row: ConnectorRow): ConnectorContent {
  const { spec } = view;
  if (spec.storage === "METADATA" || (spec.removesContent && view.isProcessed)) return noContent;
  if (spec.storage === "RAW") {
    return {
      ...noContent,
      bodies: row.metaDataId === 0 ? [body({ view, row, part: "raw", text: rawOf(view) })] : [],
    };
  }
  return {
    bodies: row.metaDataId === 0 ? sourceBodies(view, row) : destinationBodies(view, row),
    maps: maps(view, row),
    errors: errors(view, row),
  };
}

type BodyPart = "raw" | "transformed" | "encoded" | "sent" | "response";

function sourceBodies(view: ContentView, row: ConnectorRow): readonly WireNode[] {
  const raw = rawOf(view);
  const keepsAll = view.spec.storage === "DEVELOPMENT";
  const ackCode = row.status === "ERROR" ? "AE" : row.status === "FILTERED" ? "AR" : "AA";
  const reply = responseText({
    status: row.status,
    message: acknowledgementText({
      ...viewFacts(view),
      ackCode,
      atMs: row.respondedAtMs ?? row.receivedAtMs,
    }),
    statusMessage: `HL7v2 ${ackCode === "AE" ? "NACK" : "ACK"} successfully generated.`,
  });
  return [
    body({ view, row, part: "raw", text: raw }),
    ...(keepsAll ? [body({ view, row, part: "transformed", text: hl7Tree(raw) })] : []),
    ...(row.status === "TRANSFORMED" ? [body({ view, row, part: "encoded", text: raw })] : []),
    ...(row.respondedAtMs === undefined ? [] : [body({ view, row, part: "response", text: reply })]),
  ];
}

function destinationBodies(view: ContentView, row: ConnectorRow): readonly WireNode[] {
  const raw = rawOf(view);
  const parts = [body({ view, row, part: "raw", text: raw })];
  if (row.status === "FILTERED") return parts;
  parts.push(body({ view, row, part: "encoded", text: raw }));
  const destination = view.spec.destinations[row.metaDataId - 1];
  if (row.sentAtMs === undefined || destination === undefined) return parts;
  parts.push(body({ view, row, part: "sent", text: sentProperties(destination, raw) }));
  if (row.status !== "QUEUED")
    parts.push(body({ view, row, part: "response", text: partnerReply(view, row) }));
  return parts;
}

function partnerReply(view: ContentView, row: ConnectorRow): string {
  const failure = failureOf(view, row);
  const isMllp = view.spec.destinations[row.metaDataId - 1]?.transport === "mllp";
  const ackCode = row.failure === "nack_ae" ? "AE" : row.failure === "nack_ar" ? "AR" : "AA";
  const hasAck = isMllp && (row.failure === undefined || ackCode !== "AA");
  const message = hasAck
    ? acknowledgementText({ ...viewFacts(view), ackCode, atMs: row.respondedAtMs ?? row.receivedAtMs })
    : (failure?.responseMessage ?? "");
  return responseText({
    status: row.status,
    message,
    error: failure?.processingError,
    statusMessage: failure?.statusMessage ?? "Message successfully sent.",
  });
}

/** The engine keeps a response as XML inside the text: status, message, error, statusMessage. */
function responseText(given: {
  readonly status: string;
  readonly message: string;
  readonly error?: string | undefined;
  readonly statusMessage: string;
}): string {
  const lines = [
    `  <status>${given.status}</status>`,
    `  <message>${escapeXml(given.message)}</message>`,
    ...(given.error === undefined ? [] : [`  <error>${escapeXml(given.error)}</error>`]),
    `  <statusMessage>${escapeXml(given.statusMessage)}</statusMessage>`,
  ];
  return `<response>\n${lines.join("\n")}\n</response>`;
}

function body(given: {
  readonly view: ContentView;
  readonly row: ConnectorRow;
  readonly part: BodyPart;
  readonly text: string;
}): WireNode {
  const { view, row, part, text } = given;
  const dataType =
    part === "transformed" ? "XML" : view.message.facts.messageType.includes("^") ? "HL7V2" : "JSON";
  return element(part, [
    leaf("encrypted", view.spec.isEncrypted),
    leaf("channelId", view.spec.id),
    leaf("messageId", view.message.messageId),
    leaf("metaDataId", row.metaDataId),
    leaf("contentType", part.toUpperCase()),
    leaf("content", view.spec.isEncrypted ? sealedLooking(text) : text),
    part === "sent" || (part === "response" && row.metaDataId === 0) ? undefined : leaf("dataType", dataType),
  ]);
}

/** Looks like ciphertext and gives nothing away; the stub has nothing worth encrypting. */
function sealedLooking(text: string): string {
  return createHash("sha512").update(text).digest("base64");
}

function maps(view: ContentView, row: ConnectorRow): readonly WireNode[] {
  const { spec, message } = view;
  const http = row.metaDataId === 0 ? undefined : failureOf(view, row)?.httpStatus;
  const mapped = (name: string) => {
    const column = spec.columns.find((one) => one.mappingName === name);
    return column === undefined
      ? []
      : [stringEntry(name, columnValue(column.holds, { spec, facts: message.facts }))];
  };
  const contents: Readonly<Record<(typeof mapTags)[number], readonly WireNode[]>> = {
    sourceMapContent: [
      entry(leaf("string", "localPort"), leaf("int", spec.port)),
      stringEntry("remoteAddress", "127.0.0.1"),
    ],
    connectorMapContent: [
      ...(http === undefined ? [] : [entry(leaf("string", "responseStatusCode"), leaf("int", http.code))]),
      ...(http === undefined ? [] : [stringEntry("responseStatusLine", http.line)]),
      ...mapped("mirth_source"),
      ...mapped("mirth_type"),
    ],
    channelMapContent: [...mapped("mrn"), ...mapped("controlId")],
    responseMapContent: [],
  };
  return mapTags.map((tag) => element(tag, [leaf("encrypted", false), mapContent(tag, contents[tag])]));
}

function mapContent(tag: (typeof mapTags)[number], entries: readonly WireNode[]): WireNode {
  // The source map is wrapped to be read-only, which shows in the XML as one more level.
  return tag === "sourceMapContent"
    ? withClass(element("content", [element("m", entries)]), "java.util.Collections$UnmodifiableMap")
    : withClass(element("content", entries), "map");
}

function errors(view: ContentView, row: ConnectorRow): readonly WireNode[] {
  const text =
    row.status === "ERROR" || row.errorCode > 0 ? failureOf(view, row)?.processingError : undefined;
  return errorTags.map((tag) =>
    element(tag, [
      leaf("encrypted", false),
      tag === "processingErrorContent" && text !== undefined ? leaf("content", text) : undefined,
    ]),
  );
}

function failureOf(view: ContentView, row: ConnectorRow) {
  return row.failure === undefined ? undefined : failureText(row.failure, { channelName: view.spec.name });
}

function rawOf(view: ContentView): string {
  return messageText(view.spec, view.message.facts);
}

function viewFacts(view: ContentView) {
  return { spec: view.spec, facts: view.message.facts };
}
