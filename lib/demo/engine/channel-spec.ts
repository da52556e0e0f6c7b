import type { FailureKind } from "./failure";

/** How a connector talks to its partner; decides property class, error texts and status lines. */
export type Transport = "mllp" | "http" | "file" | "channel" | "script" | "dicom" | "database";

/** What the engine keeps of a message (its "message storage" setting). */
export const storageModes = ["DEVELOPMENT", "PRODUCTION", "RAW", "METADATA", "DISABLED"] as const;
export type StorageMode = (typeof storageModes)[number];

export type ChannelState = "STARTED" | "PAUSED" | "STOPPED" | "UNDEPLOYED";

/** What a custom metadata column of a channel is filled with. */
export type ColumnContent = "sender" | "messageType" | "mrn" | "controlId" | "accession" | "orderNumber";

export type MetaDataColumn = {
  readonly name: string;
  readonly mappingName: string;
  readonly holds: ColumnContent;
};

/** One channel of the stub: what it receives, what it keeps, where it sends. */
export type ChannelSpec = {
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly state: ChannelState;
  readonly storage: StorageMode;
  /** Content is kept encrypted, and handed out so. */
  readonly isEncrypted: boolean;
  /** "Remove content on completion": bodies vanish once every destination is done. */
  readonly removesContent: boolean;
  readonly sourceTransport: Transport;
  /** With a source queue the sender is acknowledged before the message is processed. */
  readonly hasSourceQueue: boolean;
  readonly port: number;
  readonly sender: string;
  readonly receiver: string;
  /** MSH-9 such as `ADT^A08`, or a FHIR resource name, each with its weight. */
  readonly messageTypes: readonly (readonly [string, number])[];
  /** Share of the engine's whole traffic, relative to the other channels. */
  readonly share: number;
  readonly sourceFilterRate: number;
  readonly sourceFailureRate: number;
  readonly columns: readonly MetaDataColumn[];
  readonly destinations: readonly DestinationSpec[];
};

/** One destination; its metaDataId is its position plus one. */
export type DestinationSpec = {
  readonly name: string;
  readonly transport: Transport;
  readonly hasQueue: boolean;
  readonly filterRate: number;
  /** Share of what the filter lets through. */
  readonly failureRate: number;
  readonly failures: readonly (readonly [FailureKind, number])[];
  readonly medianMs: number;
  readonly spread: number;
  /** Refuses connections from the start. */
  readonly startsDown: boolean;
};

/** A channel with everything ordinary, to be overridden. */
export function aChannel(given: Partial<ChannelSpec> & Pick<ChannelSpec, "id" | "name">): ChannelSpec {
  return {
    group: "Inbound HL7",
    state: "STARTED",
    storage: "DEVELOPMENT",
    isEncrypted: false,
    removesContent: false,
    sourceTransport: "mllp",
    hasSourceQueue: false,
    port: 6661,
    sender: "EHR",
    receiver: "ENGINE",
    messageTypes: [["ADT^A08", 1]],
    share: 1,
    sourceFilterRate: 0,
    sourceFailureRate: 0,
    columns: standardColumns,
    destinations: [],
    ...given,
  };
}

/** A destination with everything ordinary, to be overridden. */
export function aDestination(
  given: Partial<DestinationSpec> & Pick<DestinationSpec, "name">,
): DestinationSpec {
  return {
    transport: "mllp",
    hasQueue: false,
    filterRate: 0,
    failureRate: 0,
    failures: [["nack_ae", 1]],
    medianMs: 40,
    spread: 0.5,
    startsDown: false,
    ...given,
  };
}

/** The two columns every channel has by default, and the two that most sites add. */
export const standardColumns: readonly MetaDataColumn[] = [
  { name: "SOURCE", mappingName: "mirth_source", holds: "sender" },
  { name: "TYPE", mappingName: "mirth_type", holds: "messageType" },
  { name: "MRN", mappingName: "mrn", holds: "mrn" },
  { name: "CONTROL_ID", mappingName: "controlId", holds: "controlId" },
];
