import type { Grant } from "./role";

/** Who acts. Every verb is given one; there is no anonymous actor. */
export type Actor =
  | {
      readonly kind: "user";
      readonly id: string;
      readonly name: string;
      readonly email: string;
      readonly grants: readonly Grant[];
      /** Grants that give nothing in this session until a passkey is proved in it. */
      readonly withheld?: readonly Grant[];
      /** When a second factor was last proved in this session. */
      readonly factorAt?: Date | undefined;
      /** Whether an approver has named them to decide in their place now: they may see what waits. */
      readonly isDeputy?: boolean | undefined;
      /** Until when every department's messages are open to them in an emergency. */
      readonly breakGlassUntil?: Date | undefined;
    }
  /** A feed that pushes with a token of its own. */
  | {
      readonly kind: "source";
      readonly sourceId: number;
      readonly tokenId: string;
      readonly scopes: readonly string[];
    }
  /** A program with an access token of its own (OAuth 2.0 client credentials). */
  | {
      readonly kind: "client";
      readonly clientId: string;
      readonly name: string;
      /** For whose interfaces it may push. */
      readonly sourceId: number | undefined;
      readonly scopes: readonly string[];
    }
  /** The product itself: a job, the command line on the server, the set-up wizard. */
  | { readonly kind: "system"; readonly name: string };

export type UserActor = Extract<Actor, { kind: "user" }>;

/** How an actor is named in the audit trail. */
export function actorId(actor: Actor): string {
  switch (actor.kind) {
    case "user":
      return actor.id;
    case "source":
      return `${actor.sourceId}/${actor.tokenId}`;
    case "client":
      return actor.clientId;
    case "system":
      return actor.name;
  }
}
