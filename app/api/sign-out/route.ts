import { signOutRoute } from "@/lib/http/session-route";

export const dynamic = "force-dynamic";

export const POST = signOutRoute;
