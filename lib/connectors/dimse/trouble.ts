import { AppError } from "@/lib/core/errors";
import type { SocketTrouble } from "../http/socket-trouble";
import { troubleOfSocket } from "../http/socket-trouble";
import type { DimseConfig } from "./config";

/** Why an archive could not be asked; `info.kind` of the errors. */
export type DimseTrouble =
  | SocketTrouble
  | "called_unknown"
  | "calling_unknown"
  | "rejected"
  | "busy"
  | "aborted"
  | "not_dicom"
  | "no_service"
  | "failed_status";

/** The error for a connection that could not be made, or that broke. */
export function unreachable(cause: unknown): AppError {
  const info = { kind: troubleOfSocket(cause) };
  return new AppError("source_unreachable", "The archive cannot be reached.", { cause, info });
}

export function refused(kind: DimseTrouble, info: Readonly<Record<string, string | number>> = {}): AppError {
  return new AppError("source_refused", "The archive refuses to be asked.", { info: { kind, ...info } });
}

export function otherwise(
  kind: DimseTrouble,
  info: Readonly<Record<string, string | number>> = {},
): AppError {
  return new AppError("source_protocol", "The archive answers otherwise than it should.", {
    info: { kind, ...info },
  });
}

/** The error for a rejected association: result, source and reason of PS3.8, 9.3.4. */
export function rejection(body: Buffer): AppError {
  const [, result = 0, source = 0, reason = 0] = body;
  const info = { result, source, reason };
  if (source === 1 && reason === 7) return refused("called_unknown", info);
  if (source === 1 && reason === 3) return refused("calling_unknown", info);
  // Temporary congestion and local limit.
  if (source === 3 || result === 2) return refused("busy", info);
  return refused("rejected", info);
}

/** Says in plain words why an archive could not be asked and what to do. */
export function diagnosisOf(error: AppError, config: DimseConfig): string {
  const kind = troubles.find((known) => known === error.info["kind"]) ?? "not_dicom";
  return texts[kind](`${config.host}:${config.port}`, config);
}

const texts: Readonly<Record<DimseTrouble, (place: string, config: DimseConfig) => string>> = {
  dns: (place) =>
    `No machine has the name in ${place}. Check the spelling, and whether this server's DNS knows it.`,
  address: (place) =>
    `The name in ${place} leads to an address that no archive has: of a cloud's metadata service, link-local, or this machine itself. For one on this machine enter localhost.`,
  refused: (place) =>
    `Nothing listens at ${place}: the archive is stopped, its DICOM port is another one (104, 4242, 11112), or a firewall refuses the connection.`,
  timeout: (place) =>
    `${place} did not answer in time: a firewall drops the connection, the archive is overloaded, or it expects encryption.`,
  reset: (place) =>
    `${place} closed the connection before answering. Many archives do so to addresses they do not know: register this server there.`,
  no_route: (place) => `There is no route from this server to ${place}.`,
  certificate: (place) =>
    `The certificate at ${place} is not signed by an authority that is known here, or has expired.`,
  fingerprint: (place) => `The certificate at ${place} is not the one that is expected.`,
  not_http: (place) => `${place} speaks no TLS. Switch encryption off, or enter the port with TLS.`,
  called_unknown: (place, { calledAe }) =>
    `The archive at ${place} does not go by the AE title ${calledAe}. Ask its administrator for the right one; upper and lower case matter.`,
  calling_unknown: (_, { callingAe }) =>
    `The archive does not know the AE title ${callingAe}. Its administrator registers it there with this server's address.`,
  rejected: (place) =>
    `The archive at ${place} rejects the association without saying why. Some do so when they offer none of the searches that are switched on here.`,
  busy: (place) => `The archive at ${place} takes no further association at the moment.`,
  aborted: (place) => `The archive at ${place} broke the association off.`,
  not_dicom: (place) => `What answers at ${place} does not speak DICOM. A web port is not the DICOM port.`,
  no_service: (_, { callingAe }) =>
    `The archive takes associations of ${callingAe}, but not for this service: its administrator allows the AE title to search (Query/Retrieve, or Modality Worklist), or this search is switched off here.`,
  failed_status: () =>
    "The archive failed while searching. Its own log says why; often it refuses a search over so many days.",
};

const troubles = Object.keys(texts) as readonly DimseTrouble[];
