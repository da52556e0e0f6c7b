import type { Handler } from "@/lib/api/handler";
import { env } from "@/lib/config/env";
import { AppError } from "@/lib/core/errors";
import { askedParameters } from "@/lib/core/fhir/asked-parameters";
import { toAuditEvent } from "@/lib/core/fhir/audit-event";
import { printFeedPlace } from "@/lib/core/fhir/audit-place";
import { readAudit } from "@/lib/services/audit-feed/read-audit";
import { type AuditFeedPage, searchAudit } from "@/lib/services/audit-feed/search-audit";
import { bodyReader } from "../read-body";
import { allowReader } from "./allow-reader";
import { fhirAnswer } from "./fhir-answer";

const withBody = bodyReader({ maxBodyBytes: 16 * 1024, maxInFlightBytes: 1024 ** 2, maxBodyMs: 10_000 });

/** GET /fhir/AuditEvent/<id>. */
export const handleReadAudit: Handler = async (request) => {
  const { reader, headers } = await allowReader(request);
  const id = decodeURIComponent(new URL(request.url).pathname.split("/").at(-1) ?? "");
  return fhirAnswer(toAuditEvent(await readAudit(reader, { id })), { headers });
};

/** GET /fhir/AuditEvent: IHE ITI-81, Retrieve ATNA Audit Event. */
export const handleSearchAudit: Handler = async (request) => {
  const { reader, headers } = await allowReader(request);
  const asked = new URL(request.url).searchParams;
  if (asked.has("patient.identifier")) {
    throw new AppError(
      "bad_request",
      "Send a patient's identifier by POST to AuditEvent/_search: addresses are written into logs.",
      { info: { fields: "patient.identifier" } },
    );
  }
  return search({ reader, asked, headers });
};

/** POST /fhir/AuditEvent/_search: the same parameters as a form. */
export const handleSearchAuditByForm: Handler = async (request) => {
  const { reader, headers } = await allowReader(request);
  const [type = ""] = (request.headers.get("content-type") ?? "").toLowerCase().split(";");
  if (type.trim() !== "application/x-www-form-urlencoded") {
    throw new AppError("unsupported_media_type", "Send the parameters as a form.");
  }
  const asked = await withBody(request, async (body) => new URLSearchParams(body.toString("utf8")));
  return search({ reader, asked, headers });
};

async function search(of: {
  readonly reader: Awaited<ReturnType<typeof allowReader>>["reader"];
  readonly asked: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
}): Promise<Response> {
  const params = askedParameters(of.asked);
  const page = await searchAudit(of.reader, { params, now: new Date() });
  return fhirAnswer(bundleOf(page, of.asked), { headers: of.headers });
}

function bundleOf(page: AuditFeedPage, asked: URLSearchParams) {
  const base = `${env().publicUrl}/fhir/AuditEvent`;
  const self = new URLSearchParams(asked);
  // Whom it is about is said by its keyed hash from here on: links are followed by GET.
  self.delete("patient.identifier");
  if (page.patientRef !== undefined) self.set("_patient-ref", page.patientRef);
  const last = page.events.at(-1);
  const next = new URLSearchParams(self);
  if (last !== undefined) next.set("_after", printFeedPlace(last));
  return {
    resourceType: "Bundle",
    type: "searchset",
    link: [
      { relation: "self", url: `${base}?${self}` },
      ...(page.hasMore ? [{ relation: "next", url: `${base}?${next}` }] : []),
    ],
    entry: page.events.map((event) => {
      const resource = toAuditEvent(event);
      return { fullUrl: `${base}/${resource.id}`, resource, search: { mode: "match" } };
    }),
  };
}
