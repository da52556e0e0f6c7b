"use server";
import { type ActionResult, settle } from "@/lib/http/action";
import { acknowledgeByLink } from "@/lib/services/notices/acknowledge-by-link";

/** Takes the secret of a link, which is the authority. */
export async function acknowledge(token: unknown): Promise<ActionResult<{ readonly path: string }>> {
  return settle(() => acknowledgeByLink({ token }));
}
