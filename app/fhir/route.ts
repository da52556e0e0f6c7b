import { sendBundleRoute } from "@/lib/http/fhir-routes";

export const dynamic = "force-dynamic";

export const POST = sendBundleRoute;
