import { authenticateClient, isClientAccess } from "@/lib/auth/client-access";
import type { Actor } from "@/lib/core/authz/actor";
import { authenticateToken } from "@/lib/services/tokens/authenticate-token";
import { bearerToken } from "./bearer";

export type Machine = Extract<Actor, { kind: "source" | "client" }>;

/** The source for which this request pushes: a client pushes as the source it was made for. */
export function pushingSource(machine: Machine): Extract<Actor, { kind: "source" }> | undefined {
  if (machine.kind === "source") return machine;
  const { sourceId, clientId, scopes } = machine;
  return sourceId === undefined ? undefined : { kind: "source", sourceId, tokenId: clientId, scopes };
}

/** Who sends this request: a source by its token, or a client by an access token. @throws AppError unauthenticated | overloaded */
export function authenticate(headers: Headers, now: Date): Promise<Machine> {
  const secret = bearerToken(headers);
  return isClientAccess(secret) ? authenticateClient(secret, now) : authenticateToken(secret, now);
}
