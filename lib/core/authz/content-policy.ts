import type { Actor } from "./actor";

/** Whether a person may open what is inside a message at all, before any question of rights. */
export type ContentAccess = { readonly kind: "open" } | { readonly kind: "closed"; readonly why: string };

/**
 * The one switch in front of message content. Content is health data of named people: it stays closed until people prove
 * who they are by a second factor. Structure and outcomes need none.
 */
export function contentAccess(actor: Actor): ContentAccess {
  switch (actor.kind) {
    case "user":
      return actor.factorAt === undefined
        ? { kind: "closed", why: "Message content stays closed until you sign in with a second factor." }
        : { kind: "open" };
    case "source":
    case "client":
    case "system":
      return { kind: "closed", why: "Message content is shown to people only." };
  }
}
