import { addressKind } from "./address";

/**
 * Whether a source may be at this URL at all: http or https, nothing but an origin and a path, and no address that is
 * never a source. A name says nothing yet: `mayConnect` judges what it resolves to, at each connection.
 */
export function isSourceAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash, hostname } = new URL(text);
  const isPlain = username === "" && password === "" && search === "" && hash === "";
  return /^https?:$/.test(protocol) && isPlain && addressKind(hostname) !== "forbidden";
}

/**
 * Whether a connection that was meant for `host` may go to `address`. A name may lead to this machine only when it says
 * so itself (`localhost`): otherwise whoever answers for the name could turn requests to services of this machine.
 */
export function mayConnect({ host, address }: { readonly host: string; readonly address: string }): boolean {
  const kind = addressKind(address);
  if (kind === undefined || kind === "forbidden") return false;
  return kind === "host" || addressKind(host) === "loopback" || /^(?:.+\.)?localhost\.?$/i.test(host);
}
