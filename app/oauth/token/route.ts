import { tokenRoute } from "@/lib/http/api-routes";

export const dynamic = "force-dynamic";

export const POST = tokenRoute;
