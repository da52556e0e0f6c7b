import type { Access, Caller } from "./access";
import type { EngineState } from "./engine-state";
import { element, type WireNode } from "./node";
import type { Reply } from "./reply";

export type Call = {
  readonly state: EngineState;
  readonly access: Access;
  readonly caller: Caller;
  readonly nowMs: number;
  readonly query: URLSearchParams;
  /** Named parts of the path. */
  readonly path: Partial<Readonly<Record<"channelId" | "messageId" | "eventId", string>>>;
};

export type Route = { readonly pattern: RegExp; readonly answer: (call: Call) => Reply };

/** An event is written when a call is authorised, before anything is done: it says SUCCESS whatever follows. */
export function recordRead(
  call: Call,
  event: { readonly name: string; readonly attributes: readonly (readonly [string, string | undefined])[] },
): void {
  call.state.events.record({
    ...event,
    atMs: call.nowMs,
    outcome: "SUCCESS",
    userId: call.caller.user.id,
    ipAddress: call.caller.address,
  });
}

/** A list, or `<list/>` when nothing is in it. */
export function listOf(nodes: readonly WireNode[]): WireNode {
  return element("list", nodes);
}
