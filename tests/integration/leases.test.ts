import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { holdLease } from "@/lib/db/hold-lease";
import { isLeaseHeld, releaseLease, renewLease, takeLease } from "@/lib/db/leases";
import { runJobs } from "@/lib/jobs/run-jobs";
import { withStorage } from "@/tests/support/storage";

const db = withStorage();
const minute = 60_000;

async function expire(name: string): Promise<void> {
  await db().pool.query("UPDATE signal.lease SET expires_at = now() - interval '1 second' WHERE name = $1", [
    name,
  ]);
}

function never(): AbortSignal {
  return new AbortController().signal;
}

describe("a lease", () => {
  test("is held by one and refused to another until it runs out", async () => {
    const mine = await takeLease({ name: "one", holder: "a", ttlMs: minute });
    expect(mine).toEqual({ name: "one", holder: "a", token: "1" });
    expect(await takeLease({ name: "one", holder: "b", ttlMs: minute })).toBeUndefined();
    await expire("one");
    expect(await takeLease({ name: "one", holder: "b", ttlMs: minute })).toMatchObject({ token: "2" });
  });

  test("keeps its token when its own holder takes it again, and raises it for the next one after a release", async () => {
    const first = await takeLease({ name: "again", holder: "a", ttlMs: minute });
    expect(await takeLease({ name: "again", holder: "a", ttlMs: minute })).toEqual(first);
    if (first !== undefined) await releaseLease(first);
    expect(await takeLease({ name: "again", holder: "b", ttlMs: minute })).toMatchObject({ token: "2" });
  });

  test("fences a former holder: it can neither renew nor prove the lease", async () => {
    const former = await takeLease({ name: "fence", holder: "a", ttlMs: minute });
    await expire("fence");
    const present = await takeLease({ name: "fence", holder: "b", ttlMs: minute });
    if (former === undefined || present === undefined) throw new Error("no lease");
    expect(await renewLease(former, minute)).toBe(false);
    expect(await isLeaseHeld(db().pool, former)).toBe(false);
    expect(await renewLease(present, minute)).toBe(true);
    expect(await isLeaseHeld(db().pool, present)).toBe(true);
  });

  test("goes to exactly one of many that ask at once", async () => {
    const asked = Array.from({ length: 20 }, (_, i) =>
      takeLease({ name: "race", holder: `h${i}`, ttlMs: minute }),
    );
    const taken = await Promise.all(asked);
    expect(taken.filter((lease) => lease !== undefined)).toHaveLength(1);
  });
});

describe("work under a lease", () => {
  test("is told to stop when another takes the lease", async () => {
    let isStopped = false;
    const holding = holdLease({
      name: "lost",
      holder: "a",
      signal: never(),
      heartbeatMs: 20,
      work: async ({ signal }) => {
        await expire("lost");
        await takeLease({ name: "lost", holder: "b", ttlMs: minute });
        await sleep(minute, undefined, { signal }).catch(() => undefined);
        isStopped = signal.aborted;
      },
    });
    expect(await holding).toBe("lost");
    expect(isStopped).toBe(true);
  });

  test("keeps the lease over many lifetimes and gives it back at the end", async () => {
    const end = await holdLease({
      name: "kept",
      holder: "a",
      signal: never(),
      ttlMs: 100,
      heartbeatMs: 10,
      work: async ({ signal }) => {
        await sleep(500);
        expect(signal.aborted).toBe(false);
        expect(await takeLease({ name: "kept", holder: "b", ttlMs: minute })).toBeUndefined();
      },
    });
    expect(end).toBe("done");
    expect(await takeLease({ name: "kept", holder: "b", ttlMs: minute })).toMatchObject({ token: "2" });
  });

  test("is not begun while another holds the lease", async () => {
    await takeLease({ name: "busy", holder: "b", ttlMs: minute });
    const work = () => Promise.reject(new Error("must not run"));
    expect(await holdLease({ name: "busy", holder: "a", signal: never(), work })).toBe("taken");
  });
});

describe("jobs", () => {
  test("run on one worker, and again after a failure", async () => {
    const stopping = new AbortController();
    const ran: string[] = [];
    const jobFor = (worker: string) => ({
      name: "counted",
      everyMs: 10,
      run: async () => {
        ran.push(worker);
        if (ran.length === 1) throw new Error("once");
        if (ran.length === 5) stopping.abort();
      },
    });
    const start = (holder: string) =>
      runJobs({ jobs: [jobFor(holder)], holder, signal: stopping.signal, now: () => new Date() });
    await Promise.all([start("a"), start("b")]);
    const [first, ...rest] = ran;
    expect(rest.length).toBeGreaterThanOrEqual(4);
    // The failure gives the lease back, so either worker may go on, but only one of them does.
    expect(new Set(rest).size).toBe(1);
    expect(["a", "b"]).toContain(first);
  });
});
