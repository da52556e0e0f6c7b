import { type MetaDataColumn, standardColumns } from "../engine/channel-spec";
import type { HospitalInterface } from "./hospital-interface";

export const orderColumns: readonly MetaDataColumn[] = [
  ...standardColumns,
  { name: "ACCESSION", mappingName: "accession", holds: "accession" },
  { name: "ORDER_NUMBER", mappingName: "orderNumber", holds: "orderNumber" },
];

export const channel = (number: number) =>
  `d3a0${String(number).padStart(4, "0")}-0000-4000-8000-${String(number).padStart(12, "0")}`;

/** What all channels of the demo hospital's engine have in common. */
export const usual = {
  feed: "engine",
  group: "Clinical",
  owner: "Integration team",
  criticality: "normal",
  sourceTransport: "mllp",
  hasSourceQueue: false,
  sourceFilterRate: 0,
  sourceFailureRate: 0.0015,
  columns: orderColumns,
} as const satisfies Partial<HospitalInterface>;

export const nacks = [
  ["nack_ae", 6],
  ["timeout", 2],
  ["nack_ar", 1],
] as const;
