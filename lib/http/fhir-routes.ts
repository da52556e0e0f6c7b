import { outcomeResponse } from "@/lib/api/fhir/fhir-answer";
import {
  handleReadAudit,
  handleSearchAudit,
  handleSearchAuditByForm,
} from "@/lib/api/fhir/handle-audit-event";
import { handleMetadata } from "@/lib/api/fhir/handle-metadata";
import { handleCreate, handleSendBundle, handleUpdate } from "@/lib/api/fhir/handle-send";
import { guarded } from "@/lib/api/handler";

/** The FHIR interface as Next route handlers. Its errors are OperationOutcomes. */
export const metadataRoute = guarded(handleMetadata, outcomeResponse);

export const sendBundleRoute = guarded(handleSendBundle, outcomeResponse);

export const createRoute = guarded(handleCreate, outcomeResponse);

export const updateRoute = guarded(handleUpdate, outcomeResponse);

export const searchAuditRoute = guarded(handleSearchAudit, outcomeResponse);

export const searchAuditByFormRoute = guarded(handleSearchAuditByForm, outcomeResponse);

export const readAuditRoute = guarded(handleReadAudit, outcomeResponse);
