import { aChannel, aDestination, type ChannelSpec, standardColumns } from "./channel-spec";

const orderColumns = [
  ...standardColumns,
  { name: "ACCESSION", mappingName: "accession", holds: "accession" },
  { name: "ORDER_NUMBER", mappingName: "orderNumber", holds: "orderNumber" },
] as const;

/** A small engine with something of everything; used where no channels are given. */
export const sampleChannels: readonly ChannelSpec[] = [
  aChannel({
    id: "5b0a0001-0000-4000-8000-000000000001",
    name: "ADT - EHR to departments",
    messageTypes: [
      ["ADT^A08", 5],
      ["ADT^A01", 2],
      ["ADT^A03", 2],
      ["ADT^A31", 1],
    ],
    share: 5,
    sourceFilterRate: 0.05,
    sourceFailureRate: 0.005,
    destinations: [
      aDestination({
        name: "EMPI HTTP",
        transport: "http",
        failureRate: 0.02,
        failures: [
          ["http_500", 3],
          ["timeout", 1],
        ],
      }),
      aDestination({ name: "ADT Archive File", transport: "file", medianMs: 5 }),
      aDestination({
        name: "Bed Board",
        transport: "script",
        filterRate: 0.6,
        failureRate: 0.02,
        failures: [["script_response", 1]],
      }),
    ],
  }),
  aChannel({
    id: "5b0a0002-0000-4000-8000-000000000002",
    name: "ORM - Orders to LIS and RIS",
    port: 6662,
    messageTypes: [["ORM^O01", 1]],
    share: 3,
    columns: orderColumns,
    destinations: [
      aDestination({
        name: "LIS MLLP",
        failureRate: 0.03,
        failures: [
          ["nack_ae", 3],
          ["nack_ar", 1],
        ],
      }),
      aDestination({ name: "RIS MLLP", hasQueue: true, startsDown: true }),
      aDestination({
        name: "Order Archive",
        transport: "database",
        failureRate: 0.005,
        failures: [["database_error", 1]],
      }),
    ],
  }),
  aChannel({
    id: "5b0a0003-0000-4000-8000-000000000003",
    name: "ORU - Results to EHR and portal",
    port: 6663,
    hasSourceQueue: true,
    messageTypes: [["ORU^R01", 1]],
    share: 4,
    columns: orderColumns,
    storage: "PRODUCTION",
    destinations: [
      aDestination({
        name: "EHR MLLP",
        failureRate: 0.01,
        failures: [
          ["nack_ae", 2],
          ["timeout", 1],
        ],
        medianMs: 120,
      }),
      aDestination({
        name: "Portal HTTP",
        transport: "http",
        failureRate: 0.05,
        failures: [["connect_refused", 1]],
      }),
    ],
  }),
  aChannel({
    id: "5b0a0004-0000-4000-8000-000000000004",
    name: "FHIR - Patients in",
    group: "APIs",
    port: 6664,
    sourceTransport: "http",
    messageTypes: [["Patient", 1]],
    storage: "METADATA",
    sourceFailureRate: 0.02,
    columns: [{ name: "MRN", mappingName: "mrn", holds: "mrn" }],
    destinations: [
      aDestination({ name: "FHIR Store", transport: "http", failureRate: 0.03, failures: [["http_422", 1]] }),
    ],
  }),
  aChannel({
    id: "5b0a0005-0000-4000-8000-000000000005",
    name: "Device gateway - no storage",
    group: "APIs",
    port: 6665,
    messageTypes: [["ORU^R01", 1]],
    storage: "DISABLED",
    share: 2,
    columns: [],
    destinations: [aDestination({ name: "Monitor Hub", transport: "http" })],
  }),
  aChannel({
    id: "5b0a0006-0000-4000-8000-000000000006",
    name: "RDE - Pharmacy, paused",
    port: 6666,
    state: "PAUSED",
    messageTypes: [["RDE^O11", 1]],
    share: 0,
    destinations: [aDestination({ name: "Pharmacy MLLP", hasQueue: true })],
  }),
  aChannel({
    id: "5b0a0007-0000-4000-8000-000000000007",
    name: "VXU - Immunisations, not deployed",
    port: 6667,
    state: "UNDEPLOYED",
    messageTypes: [["VXU^V04", 1]],
    share: 0,
    destinations: [aDestination({ name: "Registry", hasQueue: true })],
  }),
];
