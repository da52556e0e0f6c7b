import { sessionRoute, sessionStateRoute } from "@/lib/http/session-route";

export const dynamic = "force-dynamic";

export const GET = sessionStateRoute;

export const POST = sessionRoute;
