import { metadataRoute } from "@/lib/http/fhir-routes";

export const dynamic = "force-dynamic";

export const GET = metadataRoute;
