import { type LookupAddress, lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { addressKind } from "@/lib/core/net/address";
import { mayConnect } from "@/lib/core/net/target";

/** Why a connection was not made: the address is none that a source can have. `code` of the error. */
export const ADDRESS_REFUSED = "ADDRESS_REFUSED";

/** Asks for all addresses of a name, as `dns.lookup` does. */
export type ResolveAll = (
  host: string,
  done: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

/**
 * The `lookup` of every connection to a source. It resolves once for a connection, which then goes to exactly what was
 * judged; one refused address refuses the name, so that none can hide behind a harmless one.
 */
export function guardedLookup(resolve: ResolveAll = resolveAll): LookupFunction {
  return (host, options, done) => {
    resolve(host, (error, addresses) => {
      const wanted = addresses.filter(({ family }) => !options.family || family === options.family);
      const [first] = wanted;
      if (error !== null) done(error, "", 0);
      else if (!addresses.every(({ address }) => mayConnect({ host, address })))
        done(addressRefused(), "", 0);
      else if (first === undefined) done(notFound(), "", 0);
      else if (options.all) done(null, [...wanted]);
      else done(null, first.address, first.family);
    });
  };
}

/** Refuses an address that stands in the URL itself: no look-up is made for it. @throws Error with code ADDRESS_REFUSED */
export function refuseForbiddenHost(host: string): void {
  if (addressKind(host) === "forbidden") throw addressRefused();
}

const resolveAll: ResolveAll = (host, done) => {
  lookup(host, { all: true }, (error, addresses) => done(error, addresses ?? []));
};

function addressRefused(): NodeJS.ErrnoException {
  return Object.assign(new Error("A source cannot be at this address."), { code: ADDRESS_REFUSED });
}

function notFound(): NodeJS.ErrnoException {
  return Object.assign(new Error("The name has no address."), { code: "ENOTFOUND" });
}
