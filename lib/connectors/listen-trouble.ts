import { AppError } from "@/lib/core/errors";

const troubles = [
  "port_in_use",
  "port_forbidden",
  "address_not_ours",
  "certificate_missing",
  "certificate_unusable",
  "port_not_opened",
] as const;

/** Why a port cannot be opened. */
export type ListenTrouble = (typeof troubles)[number];

/** The error of a port that cannot be opened, with its cause as `info.kind`. */
export function listenTrouble(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  return new AppError("source_unreachable", "The port of the source cannot be opened.", {
    cause,
    info: { kind: listenTroubleOf(cause) },
  });
}

/** What is wrong and what to do, for the person who tests a source. */
export function listenDiagnosis(
  trouble: ListenTrouble,
  at: { readonly host: string; readonly port: number },
): string {
  const place = `Port ${at.port} on ${at.host}`;
  switch (trouble) {
    case "port_in_use":
      return `${place} is used by another program. Choose another port, or stop the other program.`;
    case "port_forbidden":
      return `${place} may not be opened: the system keeps it for administrators. Choose a port above 1023.`;
    case "address_not_ours":
      return `${place} cannot be opened: this machine has no such address.`;
    case "certificate_missing":
      return `${place} cannot be opened with TLS: it needs a certificate and its key, and for mutual TLS the authority of the senders.`;
    case "certificate_unusable":
      return `${place} cannot be opened with this certificate: certificate, key and authorities are given as PEM, and the key must be that of the certificate.`;
    case "port_not_opened":
      return `${place} cannot be opened. The log of the worker says more.`;
  }
}

/** The cause of an error that `listenTrouble` made, or would make. */
export function listenTroubleOf(error: unknown): ListenTrouble {
  if (error instanceof AppError)
    return troubles.find((trouble) => trouble === error.info["kind"]) ?? "port_not_opened";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "EADDRINUSE") return "port_in_use";
  if (code === "EACCES") return "port_forbidden";
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN") return "address_not_ours";
  return /^ERR_(OSSL|SSL|TLS|CRYPTO)/.test(code) ? "certificate_unusable" : "port_not_opened";
}
