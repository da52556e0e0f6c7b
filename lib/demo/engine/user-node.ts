import type { EngineUser } from "./access";
import { calendar, element, leaf, type WireNode } from "./node";

/** Everyone who may sign in; audit events name people only by their number. */
export function usersNode(users: readonly EngineUser[], nowMs: number): WireNode {
  return element(
    "list",
    users.map((user) => currentUserNode(user, nowMs)),
  );
}

export function currentUserNode(user: EngineUser, nowMs: number): WireNode {
  return element("user", [
    leaf("id", user.id),
    leaf("username", user.username),
    leaf("email", `${user.username}@example.org`),
    leaf("firstName", user.username),
    leaf("lastName", "Example"),
    leaf("organization", "Demo Hospital"),
    leaf("description", ""),
    leaf("phoneNumber", ""),
    leaf("industry", ""),
    calendar("lastLogin", nowMs),
    leaf("strikeCount", 0),
    leaf("userConsent", false),
  ]);
}
