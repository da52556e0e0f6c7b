/** Why something was not sent, or why no answer to it came. */
export type SendTrouble =
  | "refused"
  | "no_such_host"
  | "address_refused"
  | "tls"
  | "timeout"
  | "closed"
  | "stopped"
  | "unreachable";

/**
 * How sending failed. Not sent: no byte of it left, so it may be sent again. Ambiguous: it left and no answer to it came
 * back, so the receiver may have it; whoever sends again must know that.
 */
export type SendFailure =
  | { readonly kind: "not-sent"; readonly cause: SendTrouble }
  | { readonly kind: "ambiguous"; readonly cause: SendTrouble };

/** What an error of a socket means to whoever sends. */
export function sendTroubleOf(error: NodeJS.ErrnoException): SendTrouble {
  const code = error.code ?? "";
  if (code === "ADDRESS_REFUSED") return "address_refused";
  if (code === "ECONNREFUSED") return "refused";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "no_such_host";
  if (code === "ECONNRESET" || code === "EPIPE") return "closed";
  return /^ERR_(TLS|SSL|OSSL)|CERT|SELF_SIGNED|ALERT|UNABLE_TO|DEPTH_ZERO/.test(code) ? "tls" : "unreachable";
}
