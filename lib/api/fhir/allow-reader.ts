import { authenticate, type Machine } from "@/lib/api/authenticate";
import { can } from "@/lib/core/authz/policy";
import { AppError } from "@/lib/core/errors";
import { rateGate } from "../rate-gate";

/** Requests of one client: enough to follow a trail, too few to copy it in a hurry. */
const pass = rateGate({ name: "fhir", points: 600, windowS: 60 });

/** Lets a client with the scope through, so often in a minute. @throws AppError unauthenticated | forbidden | rate_limited */
export async function allowReader(
  request: Request,
): Promise<{ readonly reader: Machine; readonly headers: Readonly<Record<string, string>> }> {
  const reader = await authenticate(request.headers, new Date());
  const isReader = can(reader, "audit.read") && can(reader, "external-audit.read");
  if (!isReader) {
    throw new AppError("forbidden", "This token may not read audit events.", {
      info: { scope: "system/AuditEvent.rs" },
    });
  }
  const { headers } = await pass(reader.kind === "client" ? reader.clientId : reader.tokenId);
  return { reader, headers };
}
