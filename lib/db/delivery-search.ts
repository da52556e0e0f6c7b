import type { Reach } from "@/lib/core/authz/policy";
import { arrayLiteral, bytesElement } from "./array-literal";
import { database } from "./client";
import { type DeliveryLine, lineColumns } from "./delivery-line";
import { isLegWithinReach, reachValue } from "./within-reach";

/** What of a delivery an identifier can be found in; `patient` by its keyed reference. */
export const searchedFields = ["controlId", "accession", "orderNumber", "patient"] as const;
export type SearchedField = (typeof searchedFields)[number];

export type FoundDelivery = DeliveryLine & { readonly foundIn: SearchedField };

/**
 * Deliveries of the interfaces within reach that carry an identifier, newest first, at most `limit` for each field. Exact matches
 * only; one index lookup a partition and field, over everything that is kept.
 */
export async function searchDeliveries(ask: {
  readonly text: string;
  readonly patientRefs: readonly Buffer[];
  readonly limit: number;
  readonly reach: Reach;
}): Promise<readonly FoundDelivery[]> {
  const { rows } = await database().pool.query<FoundDelivery>(
    `${found("controlId", "d.control_id = $1")} UNION ALL ${found("accession", "d.accession = $1")}
     UNION ALL ${found("orderNumber", "d.order_number = $1")} UNION ALL ${found("patient", "d.patient_ref = ANY($2::bytea[])")}
     ORDER BY "receivedAt" DESC, id DESC`,
    [ask.text, arrayLiteral(ask.patientRefs, bytesElement), ask.limit, reachValue(ask.reach)],
  );
  return rows;
}

function found(field: SearchedField, where: string): string {
  return `(SELECT ${lineColumns("d")}, '${field}' AS "foundIn" FROM signal.delivery d
    WHERE ${where} AND ${isLegWithinReach("d.leg_id", "$4")} ORDER BY d.received_at DESC LIMIT $3)`;
}
