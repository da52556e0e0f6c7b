import type { AppError } from "@/lib/core/errors";
import type { Trouble } from "./client-errors";
import type { MirthConfig } from "./config";

/** Says in plain words why an engine could not be read and what to do. `fingerprint`: of the certificate it shows. */
export function diagnosisOf(
  error: AppError,
  at: { readonly config: MirthConfig; readonly fingerprint?: string },
): string {
  const { hostname, port, protocol } = new URL(at.config.url);
  const place = `${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
  const kind = troubles.find((known) => known === error.info["kind"]);
  if (kind === undefined) return `The engine at ${place} sent an answer that cannot be read.`;
  if (kind === "certificate" && at.fingerprint !== undefined) {
    return `The certificate at ${place} is not signed by an authority that is known here, which is usual for these engines. Its SHA-256 fingerprint is ${at.fingerprint}. If the engine's administrator confirms it, choose the certificate check “fingerprint” and enter it.`;
  }
  if (kind === "fingerprint" && at.fingerprint !== undefined) {
    return `The certificate at ${place} is not the one whose fingerprint is entered. It was renewed, or something else answers there. What answers shows ${at.fingerprint}.`;
  }
  return texts[kind](place);
}

const texts: Readonly<Record<Trouble, (place: string) => string>> = {
  dns: (place) =>
    `No machine has the name in ${place}. Check the spelling, and whether this server's DNS knows it.`,
  address: (place) =>
    `The name in ${place} leads to an address that no engine has: of a cloud's metadata service, link-local, or this machine itself. For an engine on this machine enter localhost.`,
  refused: (place) =>
    `Nothing listens at ${place}: the engine is stopped, its administration port is another one (8443 by default), or a firewall refuses the connection.`,
  timeout: (place) =>
    `${place} did not answer in time: a firewall drops the connection, or the engine is overloaded.`,
  reset: (place) =>
    `${place} closed the connection before answering. Something between here and the engine may end it.`,
  no_route: (place) => `There is no route from this server to ${place}.`,
  certificate: (place) =>
    `The certificate at ${place} is not signed by an authority that is known here, or has expired.`,
  fingerprint: (place) => `The certificate at ${place} is not the one whose fingerprint is entered.`,
  not_http: (place) =>
    `${place} does not speak what the address says. An https address needs the port with TLS, usually 8443; a message listener (MLLP) is not the administration API.`,
  wrong_password: () =>
    "The engine refuses this user name and password. The account may also be locked, its password expired, or a second factor asked for: use a service account without one.",
  forbidden: () =>
    "The engine knows this account but does not let it read. It needs the rights to view dashboard, messages and events.",
  bad_request: (place) =>
    `${place} refused the request as malformed. A proxy in between may remove the X-Requested-With header.`,
  not_found: (place) =>
    `${place} answers, but there is no Mirth-family API below /api. The plain port (8080) does not serve it; use the https port, usually 8443.`,
  not_acceptable: (place) => `${place} answers in another format than a Mirth-family engine does.`,
  html: (place) =>
    `${place} answers with a web page: another product, or the sign-in page of a proxy in between.`,
  gateway: (place) => `A proxy answers at ${place}, but it cannot reach the engine behind it.`,
  engine_error: () => "The engine failed while answering. Its own log says why; its database may be away.",
  redirect: (place) =>
    `${place} sends elsewhere. Enter the address that it leads to; redirects are not followed with a password.`,
};

const troubles = Object.keys(texts) as readonly Trouble[];
