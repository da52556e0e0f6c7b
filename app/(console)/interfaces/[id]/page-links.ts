import { hrefOf } from "@/lib/core/href";
import { printInstant } from "@/lib/core/time/range";
import type { PageTime } from "../../page-time";
import type { InterfacePage } from "./load-page";

/** What every panel of an interface's page is given. */
export type PanelInput = { readonly page: InterfacePage; readonly time: PageTime };

/** The filter that means the legs in the charts. */
export function scopeParams({ page }: Pick<PanelInput, "page">): Readonly<Record<string, string | number>> {
  const { one } = page.scope;
  const { interfaceId } = page.view.record;
  return one
    ? { interface: interfaceId, leg: one.leg.legId }
    : { interface: interfaceId, direction: "destination" };
}

/** Address of exactly the messages of one bucket of the charts; see BucketHref. */
export function bucketHref({ page, time }: PanelInput): string {
  const zone = time.params["zone"];
  return `${hrefOf("/messages", scopeParams({ page }), { zone })}&from={from}&to={to}`;
}

/** Address of messages of this interface in the page's range. */
export function messagesHref(
  { page, time }: PanelInput,
  filter: Readonly<Record<string, string | number | undefined>>,
): string {
  const { from, to } = page.range;
  const range = time.params["from"] ? { from: printInstant(from), to: printInstant(to) } : {};
  return hrefOf("/messages", time.params, range, { interface: page.view.record.interfaceId }, filter);
}
