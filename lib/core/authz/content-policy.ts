import type { Actor } from "./actor";

/** Whether a person may open what is inside a message at all, before any question of rights. */
export type ContentAccess = { readonly kind: "open" } | { readonly kind: "closed"; readonly why: string };

/**
 * The one switch in front of message content. Content is health data of named people: it stays closed until people prove
 * who they are by a second factor, which this installation cannot yet ask for. Structure and outcomes need none.
 */
export function contentAccess(actor: Actor): ContentAccess {
  switch (actor.kind) {
    case "user":
      return { kind: "closed", why: "Message content stays closed until two-factor sign-in is set up." };
    case "source":
    case "system":
      return { kind: "closed", why: "Message content is shown to people only." };
  }
}
