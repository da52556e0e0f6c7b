import { updateRoute } from "@/lib/http/fhir-routes";

export const dynamic = "force-dynamic";

export const PUT = updateRoute;
