import type { z } from "zod";
import type { Reject } from "@/lib/core/message/schema";
import type { WirePage } from "./pages";

/** Sets aside a page, cut down to the one thing that is not what this release knows. The detail names fields only. */
export function unknownShape(of: {
  readonly page: WirePage;
  readonly what: string;
  readonly error?: z.ZodError;
}): Reject {
  const { page, what, error } = of;
  const paths = [...new Set(error?.issues.map(({ path }) => path.join(".")) ?? [])];
  return {
    reason: "unknown_shape",
    detail: (paths.length === 0 ? what : `${what}: ${paths.join(", ")}`).slice(0, 200),
    contentKind: "wire",
    payload: JSON.stringify(page),
  };
}
