import type { z } from "zod";
import type { Reject } from "@/lib/core/message/schema";
import type { WirePage } from "./pages";
import { printXml, type XmlElement } from "./xml";

/**
 * Sets aside one element that is not what this release knows: kept as a page of its own, which normalise can be given
 * again once it can read it. The detail names fields, never their content.
 */
export function unknownShape(of: {
  readonly page: Extract<WirePage, { body: string }>;
  readonly element: XmlElement;
  readonly error: z.ZodError;
}): Reject {
  const { page, element, error } = of;
  const paths = [...new Set(error.issues.map(({ path }) => path.join(".")))];
  return {
    reason: "unknown_shape",
    detail: `${element.name}: ${paths.join(", ")}`.slice(0, 200),
    contentKind: WIRE_CONTENT,
    payload: JSON.stringify({ ...page, body: `<list>${printXml(element)}</list>` }),
  };
}

/** A whole page that is not XML at all. */
export function unparseable(page: WirePage): Reject {
  return {
    reason: "unparseable",
    detail: "The engine's answer is not the XML that it should be.",
    contentKind: WIRE_CONTENT,
    payload: JSON.stringify(page),
  };
}

/** The payload is JSON of what normalise takes. */
export const WIRE_CONTENT = "wire";
