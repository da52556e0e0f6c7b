import type { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { atnaSyslog } from "./atna-syslog/index";
import type { Connector } from "./connector";
import { dicomweb } from "./dicomweb/index";
import { dimse } from "./dimse/index";
import { fhir } from "./fhir/index";
import { fhirPush } from "./fhir-push/index";
import { files } from "./files/index";
import { hl7Mllp } from "./hl7-mllp/index";
import { mirth } from "./mirth/index";
import { mpps } from "./mpps/index";
import { orthanc } from "./orthanc/index";
import { push } from "./push/index";

/** Every engine and feed that can be added as a source. A new one is its folder and one line here. */
export const connectors: readonly Connector<unknown>[] = [
  registered(mirth),
  registered(hl7Mllp),
  registered(atnaSyslog),
  registered(orthanc),
  registered(dicomweb),
  registered(dimse),
  registered(mpps),
  registered(fhir),
  registered(fhirPush),
  registered(files),
  registered(push),
];

/** The connector of a source's `kind`; undefined for a kind that this release does not know. */
export function findConnector(kind: string): Connector<unknown> | undefined {
  return connectors.find((connector) => connector.kind === kind);
}

/**
 * Hides the type of a connector's settings. Each capability parses the settings it is given, so those from the database
 * are checked before every use; a bad one is AppError bad_request naming the fields.
 */
function registered<Config>(connector: Connector<Config>): Connector<unknown> {
  const { streams, listen, probe, content, replay, ...rest } = connector;
  const parse = (raw: unknown) => parseConfig(connector.config, raw);
  return {
    ...rest,
    normalise: (wire, raw) => connector.normalise(wire, parse(raw)),
    ...(streams && {
      streams: streams.map((stream) => ({
        name: stream.name,
        everyMs: stream.everyMs,
        poll: (raw, io, cursor) => stream.poll(parse(raw), io, cursor),
      })),
    }),
    ...(listen && { listen: (raw, io) => listen(parse(raw), io) }),
    ...(probe && { probe: (raw, io) => probe(parse(raw), io) }),
    ...(content && { content: (raw, io, ref) => content(parse(raw), io, ref) }),
    ...(replay && {
      replay: {
        isReady: (raw, secretNames) => replay.isReady(parse(raw), secretNames),
        send: (raw, io, ref) => replay.send(parse(raw), io, ref),
      },
    }),
  };
}

function parseConfig<Config>(schema: z.ZodType<Config>, raw: unknown): Config {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join(".") || "settings");
  throw new AppError("bad_request", "The settings of this source are not complete.", {
    info: { fields: [...new Set(fields)].join(", ") },
  });
}
