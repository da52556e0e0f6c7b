import { createRoute, searchAuditRoute } from "@/lib/http/fhir-routes";

export const dynamic = "force-dynamic";

export const GET = searchAuditRoute;

export const POST = createRoute;
