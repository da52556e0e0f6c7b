import pg from "pg";
import { checkMoment, type TrailVerdict } from "@/lib/services/own-audit/verify-trail";
import { type Random, wholeBelow } from "@/tests/support/random";
import { type TamperAct, tamperActs } from "./tamper-acts";
import type { WitnessedTrail } from "./tamper-trail";

export type TamperRun = {
  readonly tamperings: number;
  readonly found: number;
  /** Names of the tamperings that were not found, at most twenty. */
  readonly missed: readonly string[];
  /** How often each kind was tried. */
  readonly tried: Readonly<Record<string, number>>;
};

/** Tampers with a witnessed trail again and again, each time undone, and counts what verifying finds. */
export async function tamperRepeatedly(ask: {
  readonly ownerUrl: string;
  readonly trail: WitnessedTrail;
  readonly n: number;
  readonly random: Random;
  readonly progress?: (done: number) => void;
}): Promise<TamperRun> {
  const { trail, n, random } = ask;
  const client = new pg.Client({ connectionString: ask.ownerUrl, options: "-c timezone=UTC" });
  await client.connect();
  const acts = Object.entries(tamperActs);
  const tried: Record<string, number> = {};
  const missed: string[] = [];
  let found = 0;
  try {
    for (let done = 0; done < n; done++) {
      const [name, act] = acts[done < acts.length ? done : wholeBelow(random, acts.length)] ?? [];
      if (name === undefined || act === undefined) throw new Error("There is no such tampering.");
      tried[name] = (tried[name] ?? 0) + 1;
      if (await isFound({ client, random, trail, act })) found += 1;
      else if (missed.length < 20) missed.push(name);
      ask.progress?.(done + 1);
    }
  } finally {
    await client.end();
  }
  return { tamperings: n, found, missed, tried };
}

async function isFound(io: {
  readonly client: pg.Client;
  readonly random: Random;
  readonly trail: WitnessedTrail;
  readonly act: TamperAct;
}): Promise<boolean> {
  const { client, trail } = io;
  await client.query("BEGIN");
  try {
    // Whoever owns the tables is not held up by what keeps their rows apart.
    await client.query("DROP INDEX signal.audit_block_leaf_place");
    await io.act(io);
    return !(await verdictOn(client, trail)).ok;
  } finally {
    await client.query("ROLLBACK");
  }
}

/** The verdict on the trail as a new connection of the owner's sees it. */
export async function verifyAsOwner(ownerUrl: string, trail: WitnessedTrail): Promise<TrailVerdict> {
  const client = new pg.Client({ connectionString: ownerUrl, options: "-c timezone=UTC" });
  await client.connect();
  try {
    await client.query("BEGIN");
    return await verdictOn(client, trail);
  } finally {
    await client.end();
  }
}

function verdictOn(client: pg.Client, { place, witnessed }: WitnessedTrail): Promise<TrailVerdict> {
  return checkMoment({ client, period: { from: undefined, to: undefined }, witnessed, keys: place.keys });
}
