import type { Handler } from "@/lib/api/handler";
import type { Actor } from "@/lib/core/authz/actor";
import { readHealth } from "@/lib/services/health/read-health";

const monitor: Actor = { kind: "system", name: "health" };

/** GET /api/health: 200 while the product does its work (`ok` or `degraded`), 503 when it does not. No sign-in, no secrets. */
export const handleHealth: Handler = async () => {
  const health = await readHealth(monitor, {});
  const isDown = health.status === "down";
  return Response.json(health, { status: isDown ? 503 : 200, headers: isDown ? { "Retry-After": "5" } : {} });
};
