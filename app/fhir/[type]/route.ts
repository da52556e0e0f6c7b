import { createRoute } from "@/lib/http/fhir-routes";

export const dynamic = "force-dynamic";

export const POST = createRoute;
