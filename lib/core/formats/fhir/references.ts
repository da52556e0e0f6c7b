import { z } from "zod";
import { anyResourceSchema } from "./schema";

/** The resource that a reference leads to, where it came along; undefined otherwise. Nothing is fetched. */
export type Resolve = (reference: string | undefined) => unknown;

/** A resource with the address it has in its bundle. */
export type BundledResource = { readonly url: string | undefined; readonly resource: unknown };

/** Finds resources that came together: by their address in the bundle, or by type and id. */
export function resolverOf(bundled: readonly BundledResource[]): Resolve {
  const found = new Map<string, unknown>();
  for (const { url, resource } of bundled) {
    const named = anyResourceSchema.safeParse(resource);
    if (!named.success) continue;
    const { resourceType, id } = named.data;
    if (url !== undefined) found.set(url, resource);
    if (id !== undefined) found.set(`${resourceType}/${id}`, resource);
  }
  return (reference) => {
    if (reference === undefined) return undefined;
    // One version of a resource is the resource.
    const plain = reference.replace(/\/_history\/.*$/s, "");
    return found.get(plain) ?? found.get(plain.split("/").slice(-2).join("/"));
  };
}

/** As `outer`, and what lies within the resource itself, by `#id`. */
export function withContained(outer: Resolve, contained: readonly unknown[] | undefined): Resolve {
  if (contained === undefined || contained.length === 0) return outer;
  return (reference) => {
    if (!reference?.startsWith("#")) return outer(reference);
    return contained.find((one) => anyResourceSchema.safeParse(one).data?.id === reference.slice(1));
  };
}

const pointer = z.object({ reference: z.string() });
const pointing = z.object({
  subject: pointer.optional().catch(undefined),
  basedOn: z.array(pointer).optional().catch(undefined),
  imagingStudy: z.array(pointer).optional().catch(undefined),
});

/** The resources that one leans on, of those that came along. */
export function leanedOn(raw: unknown, resolve: Resolve): readonly unknown[] {
  const parsed = pointing.safeParse(raw);
  if (!parsed.success) return [];
  const { subject, basedOn = [], imagingStudy = [] } = parsed.data;
  return [...(subject ? [subject] : []), ...basedOn, ...imagingStudy]
    .slice(0, 20)
    .flatMap(({ reference }) => resolve(reference) ?? []);
}
