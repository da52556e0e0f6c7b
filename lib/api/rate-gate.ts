import { AppError } from "@/lib/core/errors";
import { type RateLimit, type RateVerdict, spendPoints } from "@/lib/db/rate-limit";

/** Requests of one token, over all processes. Generous: it stops a sender that has gone wild, not one that is busy. */
export const defaultIngestRate: RateLimit = { name: "ingest", points: 30_000, windowS: 60 };

/** Points are fetched so many at a time: asking the database for every request would cost as much as a small batch. */
const SHARE = 0.002;

export type Passed = { readonly headers: Readonly<Record<string, string>> };

/**
 * A gate that lets a key pass so often in a window. Each process draws a small share of the points at a time, so the
 * last ones may stay unused in another process. Headers as in draft-ietf-httpapi-ratelimit-headers.
 */
export function rateGate(limit: RateLimit): (key: string) => Promise<Passed> {
  const share = Math.max(1, Math.floor(limit.points * SHARE));
  const purses = new Map<string, Promise<Purse>>();
  const refill = (key: string) => {
    const drawn = draw({ limit, key, share });
    purses.set(key, drawn);
    drawn.catch(() => purses.delete(key));
    return drawn;
  };
  return async (key) => {
    for (;;) {
      const held = purses.get(key) ?? refill(key);
      const purse = await held;
      if (performance.now() < purse.endsAtMs) {
        if (purse.isRefused) throw refusal(limit, purse);
        if (purse.left > 0) {
          purse.left -= 1;
          return { headers: headersOf(limit, purse) };
        }
      }
      // Of all requests that find the purse empty, the first one fetches the next.
      if (purses.get(key) === held) await refill(key);
    }
  };
}

type Purse = {
  left: number;
  readonly remaining: number;
  readonly isRefused: boolean;
  readonly endsAtMs: number;
};

async function draw(ask: {
  readonly limit: RateLimit;
  readonly key: string;
  readonly share: number;
}): Promise<Purse> {
  const verdict: RateVerdict = await spendPoints({ limit: ask.limit, key: ask.key, points: ask.share });
  return {
    left: ask.share,
    remaining: verdict.remaining,
    isRefused: !verdict.isAllowed,
    endsAtMs: performance.now() + verdict.resetMs,
  };
}

function refusal(limit: RateLimit, purse: Purse): AppError {
  return new AppError("rate_limited", "This token sends more requests than it may.", {
    info: {
      limit: limit.points,
      windowS: limit.windowS,
      policy: limit.name,
      retryAfterS: secondsLeft(purse),
    },
  });
}

function headersOf(limit: RateLimit, purse: Purse): Readonly<Record<string, string>> {
  return {
    "RateLimit-Policy": `"${limit.name}";q=${limit.points};w=${limit.windowS}`,
    RateLimit: `"${limit.name}";r=${purse.remaining + purse.left};t=${secondsLeft(purse)}`,
  };
}

function secondsLeft({ endsAtMs }: Purse): number {
  return Math.max(1, Math.ceil((endsAtMs - performance.now()) / 1_000));
}
