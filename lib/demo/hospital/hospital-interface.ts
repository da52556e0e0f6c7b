import type { Criticality } from "@/lib/core/interface/signs";
import type { DestinationSpec, MetaDataColumn, Transport } from "../engine/channel-spec";
import type { Activity } from "./activity";

/** One feed of the demo hospital: what people call it, and how it behaves. Engine and history are made from the same one. */
export type HospitalInterface = {
  /** The engine's channel id, or the name a pushing feed gives itself. */
  readonly externalId: string;
  /** `engine` is polled from the stub engine, `push` is posted to the ingest API. */
  readonly feed: "engine" | "push";
  readonly name: string;
  readonly group: string;
  readonly sender: string;
  readonly receivers: readonly string[];
  readonly messageClass: string;
  readonly department: string;
  readonly owner: string;
  readonly criticality: Criticality;
  readonly activity: Activity;
  /** Messages on an average weekday. */
  readonly perDay: number;
  readonly messageTypes: readonly (readonly [string, number])[];
  readonly sourceTransport: Transport;
  readonly hasSourceQueue: boolean;
  readonly sourceFilterRate: number;
  readonly sourceFailureRate: number;
  readonly columns: readonly MetaDataColumn[];
  readonly destinations: readonly DestinationSpec[];
};
