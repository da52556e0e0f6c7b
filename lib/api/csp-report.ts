import type { Handler } from "@/lib/api/handler";
import { policyReportSchema } from "@/lib/core/browser-report/schema";
import { AppError } from "@/lib/core/errors";
import { logFor } from "@/lib/telemetry/log";
import { bodyReader } from "./read-body";

const log = logFor("csp");
const withBody = bodyReader({ maxBodyBytes: 64 * 1024, maxInFlightBytes: 1024 ** 2, maxBodyMs: 10_000 });

/** One line a second at most: whoever can open the sign-in page can send reports. */
const LOG_EVERY_MS = 1_000;
let countSinceStart = 0;
let loggedAtMs = Number.NEGATIVE_INFINITY;

/**
 * POST /api/csp-report: a browser refused something on a page of ours. Counted, and logged without what could hold
 * patient data (see `PolicyViolation`); `countSinceStart` in the line tells how many were not logged.
 */
export const handleCspReport: Handler = async (request) => {
  const violations = await withBody(request, async (body) => policyReportSchema.parse(jsonOf(body)));
  countSinceStart += violations.length;
  const [first] = violations;
  const nowMs = performance.now();
  if (first !== undefined && nowMs - loggedAtMs >= LOG_EVERY_MS) {
    loggedAtMs = nowMs;
    log.warn("A browser refused something by the content policy.", { ...first, countSinceStart });
  }
  return new Response(null, { status: 204 });
};

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new AppError("bad_request", "This is not a report.");
  }
}
