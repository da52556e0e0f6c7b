import { sessionStreamRoute } from "@/lib/http/session-route";

export const dynamic = "force-dynamic";

export const GET = sessionStreamRoute;
