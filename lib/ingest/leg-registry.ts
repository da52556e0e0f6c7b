import { type Database, database } from "@/lib/db/client";
import { type KnownLeg, type LegToRegister, readKnownLegs, registerLegs } from "@/lib/db/legs";

/** The legs of one source by the words the source uses. */
export type LegLookup = {
  readonly leg: (name: { readonly interface: string; readonly leg: string }) => KnownLeg | undefined;
  readonly interfaceId: (externalId: string) => number | undefined;
};

/**
 * What is known of a source. Where this process' memory is too old, or lacks something that `isEnough` asks for (another
 * process may have registered it), the database is asked.
 */
export async function knownLegs(
  sourceId: number,
  isEnough: (lookup: LegLookup) => boolean = () => true,
): Promise<LegLookup> {
  const cached = cachesOf(database()).get(sourceId);
  const isYoung = cached !== undefined && performance.now() - cached.readAtMs <= MAX_AGE_MS;
  return isYoung && isEnough(cached.lookup) ? cached.lookup : readAgain(sourceId);
}

/** A lookup in which all of these legs are found; those never seen before are registered. */
export async function resolveLegs(sourceId: number, wanted: readonly LegToRegister[]): Promise<LegLookup> {
  const lookup = await knownLegs(sourceId);
  const missing = wanted.filter((leg) => lookup.leg(leg) === undefined);
  if (missing.length === 0) return lookup;
  await registerLegs(sourceId, missing);
  return readAgain(sourceId);
}

/** Drops what is remembered of a source, after its interfaces were changed. */
export function forgetLegs(sourceId: number): void {
  cachesOf(database()).delete(sourceId);
}

/** Legs that were deleted under us (a source removed and made anew) are noticed within this time. */
const MAX_AGE_MS = 15_000;

type Cached = { readonly lookup: LegLookup; readonly readAtMs: number };

// One cache for each database: tests and the restore of a backup change it within one process.
const caches = new WeakMap<Database, Map<number, Cached>>();

function cachesOf(db: Database): Map<number, Cached> {
  const known = caches.get(db);
  if (known !== undefined) return known;
  const made = new Map<number, Cached>();
  caches.set(db, made);
  return made;
}

async function readAgain(sourceId: number): Promise<LegLookup> {
  const readAtMs = performance.now();
  const { legs, interfaceIds } = await readKnownLegs(sourceId);
  // Two maps rather than one joined key: this is asked for every row of the hot path.
  const byInterface = new Map<string, Map<string, KnownLeg>>();
  for (const leg of legs) {
    const known = byInterface.get(leg.interface) ?? new Map<string, KnownLeg>();
    byInterface.set(leg.interface, known.set(leg.leg, leg));
  }
  const lookup: LegLookup = {
    leg: (name) => byInterface.get(name.interface)?.get(name.leg),
    interfaceId: (externalId) => interfaceIds.get(externalId),
  };
  cachesOf(database()).set(sourceId, { lookup, readAtMs });
  return lookup;
}
