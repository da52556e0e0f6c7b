import { authenticate, pushingSource } from "@/lib/api/authenticate";
import type { Handler } from "@/lib/api/handler";
import { can } from "@/lib/core/authz/policy";
import { AppError } from "@/lib/core/errors";
import type { RateLimit } from "@/lib/db/rate-limit";
import { type PushResult, pushBatch } from "@/lib/services/ingest/push-batch";
import { defaultIngestRate, rateGate } from "../rate-gate";
import { type BodyLimits, bodyReader, defaultBodyLimits } from "../read-body";
import { pushFormatOf } from "./media-type";

type IngestLimits = { readonly body: BodyLimits; readonly rate: RateLimit };

/**
 * POST /api/v1/ingest. Refuses as early as it can: token, rate and type before a byte of the body is read. 200 when
 * everything is stored or was known, 207 when items were kept as dead letters; both only after COMMIT.
 */
export function ingestHandler(
  limits: IngestLimits = { body: defaultBodyLimits, rate: defaultIngestRate },
): Handler {
  const pass = rateGate(limits.rate);
  const withBody = bodyReader(limits.body);
  return async (request) => {
    const now = new Date();
    const actor = pushingSource(await authenticate(request.headers, now));
    if (actor === undefined || !can(actor, "ingest.write")) {
      throw new AppError("forbidden", "This token may not push.", {
        info: { scope: "signalbox/ingest.write" },
      });
    }
    const { headers } = await pass(actor.tokenId);
    const format = pushFormatOf(request.headers);
    const result = await withBody(request, (body) => pushBatch(actor, { body, format, now }));
    return answerTo(result, headers);
  };
}

export const handleIngest = ingestHandler();

function answerTo({ items, hasRefused }: PushResult, headers: Readonly<Record<string, string>>): Response {
  const counts: Record<string, number> = {};
  for (const { status } of items) counts[status] = (counts[status] ?? 0) + 1;
  return Response.json({ counts, items }, { status: hasRefused ? 207 : 200, headers });
}
