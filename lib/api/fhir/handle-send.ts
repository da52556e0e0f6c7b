import { authenticate, pushingSource } from "@/lib/api/authenticate";
import type { Handler } from "@/lib/api/handler";
import { can } from "@/lib/core/authz/policy";
import { AppError } from "@/lib/core/errors";
import { type FhirType, fhirTypes } from "@/lib/core/formats/fhir/schema";
import { type FhirPush, pushFhir } from "@/lib/services/ingest/push-fhir";
import { requireUtf8 } from "../media-type";
import { defaultIngestRate, rateGate } from "../rate-gate";
import { bodyReader, defaultBodyLimits } from "../read-body";
import { sendAnswer } from "./send-answer";

/** Shared with nothing: what one client sends over FHIR does not slow what it pushes, and the other way round. */
const pass = rateGate({ ...defaultIngestRate, name: "fhir-send" });
/** Half of a push: resources take longer to read than items. */
const withBody = bodyReader({ ...defaultBodyLimits, maxBodyBytes: 8 * 1024 ** 2 });

/** POST /fhir: a bundle. */
export const handleSendBundle: Handler = async (request) => send(request, {});

/** POST /fhir/<Type>: one resource (IHE ITI-20 for audit events). */
export const handleCreate: Handler = async (request) => send(request, { type: typeAt(request, -1) });

/** PUT /fhir/<Type>/<id>: the resource as its sender keeps it now. */
export const handleUpdate: Handler = async (request) => {
  const type = typeAt(request, -2);
  if (type === "AuditEvent") throw new AppError("not_available", "An audit event is not changed.");
  return send(request, { type, id: partAt(request, -1) });
};

/** Refuses as early as it can: token, rate and type before a byte of the body is read. Answers after COMMIT. */
async function send(request: Request, address: FhirPush["address"]): Promise<Response> {
  const now = new Date();
  const actor = pushingSource(await authenticate(request.headers, now));
  if (actor === undefined || !can(actor, "fhir.write")) {
    const scope = `system/${address.type ?? "AuditEvent"}.c`;
    throw new AppError("forbidden", "This token may not send resources.", { info: { scope } });
  }
  const { headers } = await pass(actor.tokenId);
  requireUtf8(request.headers, ["application/fhir+json", "application/json"]);
  const result = await withBody(request, (body) => pushFhir(actor, { body, address, now }));
  return sendAnswer(result, { headers, prefer: request.headers.get("prefer") ?? "" });
}

function typeAt(request: Request, place: number): FhirType {
  const named = partAt(request, place);
  const type = fhirTypes.find((known) => known === named);
  if (type === undefined) throw new AppError("not_found", "Resources of this type are not taken in.");
  return type;
}

function partAt(request: Request, place: number): string {
  return new URL(request.url).pathname.split("/").at(place) ?? "";
}
