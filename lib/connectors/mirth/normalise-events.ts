import type { ExternalAuditEvent, Item, NormalisedBatch, Reject } from "@/lib/core/message/schema";
import { actionOf } from "./event-actions";
import { objectOf } from "./event-object";
import { isOwnPolling } from "./own-polling";
import type { EventsPage } from "./pages";
import { parsedBody } from "./parsed-body";
import { eventElements, eventOf } from "./read-events";
import { unknownShape } from "./unknown-shape";
import { type EngineEvent, eventSchema } from "./wire";

/** Audit events of the engine, and a marker for each restart that they tell of. */
export function normaliseEvents(page: EventsPage): NormalisedBatch {
  const items: Item[] = [];
  const rejects: Reject[] = [];
  for (const element of eventElements(parsedBody(page))) {
    const parsed = eventSchema.safeParse(eventOf(element));
    if (!parsed.success) {
      rejects.push(unknownShape({ page, element, error: parsed.error }));
    } else if (parsed.data.atMs >= page.retainFromMs) {
      items.push(auditOf(page, parsed.data), ...restartOf(parsed.data));
    }
  }
  return { items, rejects };
}

function auditOf(page: EventsPage, event: EngineEvent): ExternalAuditEvent {
  const actorName = actorNameOf(page, event);
  const ownPolling = isOwnPolling(event, page.ownUserId);
  return {
    kind: "audit",
    eventId: String(event.id),
    at: new Date(event.atMs),
    name: event.name.slice(0, 256),
    action: actionOf(event.name),
    outcome: outcomeOf(event),
    actorId: String(event.userId),
    ...(actorName === undefined ? {} : { actorName: actorName.slice(0, 256) }),
    // From X-Forwarded-For where a client sends one: any client can claim any address.
    ...(event.ipAddress === undefined ? {} : { claimedAddress: event.ipAddress.slice(0, 64) }),
    ...objectOf(event.attributes),
    // Our own searches hold ids only, and forty attributes each.
    ...(ownPolling ? { ownPolling } : { attributes: bounded(event.attributes) }),
  };
}

/**
 * The engine writes an event when it lets somebody begin, before the action runs: SUCCESS is a permission. Only a login
 * carries the outcome of what happened.
 */
function outcomeOf({ name, outcome }: EngineEvent): ExternalAuditEvent["outcome"] {
  if (outcome === "FAILURE") return "failure";
  if (outcome !== "SUCCESS") return "unknown";
  return name === "Login" ? "success" : "authorised";
}

/** Number 0 is the engine itself, and a failed login, whose tried name stands in an attribute. */
function actorNameOf(page: EventsPage, { userId, name, attributes }: EngineEvent): string | undefined {
  if (name === "Login") return attributes["username"] || page.userNames[String(userId)];
  return userId === 0 ? "System" : page.userNames[String(userId)];
}

function restartOf({ name, atMs }: EngineEvent): readonly Item[] {
  if (name !== "Server startup complete") return [];
  return [{ kind: "change", at: new Date(atMs), change: "restarted", detail: "Server startup complete" }];
}

const MAX_VALUE_LENGTH = 16_384;

function bounded(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const filled = Object.entries(attributes).filter(([, value]) => value !== "");
  return Object.fromEntries(
    filled.map(([name, value]) => [name.slice(0, 256), value.slice(0, MAX_VALUE_LENGTH)]),
  );
}
