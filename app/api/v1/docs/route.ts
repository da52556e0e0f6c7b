import { docsRoute } from "@/lib/http/api-routes";

export const dynamic = "force-dynamic";

export const GET = docsRoute;
