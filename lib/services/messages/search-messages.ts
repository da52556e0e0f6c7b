import { z } from "zod";
import type { Reach } from "@/lib/core/authz/policy";
import type { Unknown } from "@/lib/core/message/identifier-coverage";
import { patientRef } from "@/lib/crypto/keyed-hash";
import { type SearchedField, searchDeliveries } from "@/lib/db/delivery-search";
import { type InterfaceRecord, readInterfaces } from "@/lib/db/interfaces-read";
import { query } from "@/lib/services/query";
import { type MessageRow, nameLegs } from "./name-legs";
import { mappingOf, unknownOf } from "./unknown-of";

/** A delivery that carries the identifier, and in which field it stood. */
export type FoundMessage = MessageRow & { readonly foundIn: SearchedField };

/** A channel on which some identifiers cannot be found, and why. */
export type UncoveredChannel = {
  readonly interfaceId: number;
  readonly name: string;
  readonly sourceId: number;
  readonly unknown: readonly Unknown[];
};

export type SearchResult = {
  /** Every leg of every message that carries it, newest first. */
  readonly rows: readonly FoundMessage[];
  /** True where a field had more matches than are shown. */
  readonly isCut: boolean;
  /** Issuers whose MRNs were looked for. */
  readonly issuers: readonly string[];
  readonly uncovered: readonly UncoveredChannel[];
};

const LIMIT = 200;

/**
 * Finds a control id, accession, order number or MRN over all interfaces within reach. An MRN is only ever looked for together with
 * an issuer: the one that is given, else each that a channel's mapping names. The text is compared whole.
 * @throws AppError forbidden | bad_request
 */
export const searchMessages = query({
  permission: "message.search",
  input: z.object({
    text: z.string().trim().min(1).max(256),
    issuer: z.string().trim().max(128).default(""),
  }),
  // What was looked for may be a patient's number: the trail keeps the reference it would give, never the text.
  disclosesPhi: async (input, { reach }) => {
    const refs = refsOf(input.text, await issuersFor(input, reach));
    return {
      action: "R",
      entityType: "message-search",
      entityId: "",
      detail: { issuer: input.issuer },
      patientRefs: refs.map((ref) => ref.toString("hex")),
    };
  },
  run: async ({ input, reach }): Promise<SearchResult> => {
    const interfaces = await readInterfaces(reach);
    const issuers = input.issuer === "" ? issuersOf(interfaces) : [input.issuer];
    const rows = await searchDeliveries({
      text: input.text,
      patientRefs: refsOf(input.text, issuers),
      limit: LIMIT,
      reach,
    });
    const named = await nameLegs(rows, reach);
    const foundIn = new Map(rows.map((row) => [`${row.legId}/${row.id}`, row.foundIn]));
    return {
      rows: named.map((row) => ({ ...row, foundIn: foundIn.get(`${row.legId}/${row.id}`) ?? "controlId" })),
      isCut: rows.length >= LIMIT,
      issuers,
      uncovered: interfaces.flatMap(uncovered),
    };
  },
});

/** Issuers that confirmed mappings name, for the search form. @throws AppError forbidden */
export const listIssuers = query({
  permission: "message.search",
  input: z.object({}),
  disclosesPhi: false,
  run: async ({ reach }): Promise<readonly string[]> => issuersOf(await readInterfaces(reach)),
});

async function issuersFor(input: { readonly issuer: string }, reach: Reach): Promise<readonly string[]> {
  return input.issuer === "" ? issuersOf(await readInterfaces(reach)) : [input.issuer];
}

function refsOf(value: string, issuers: readonly string[]): readonly Buffer[] {
  return issuers.map((assigningAuthority) => patientRef({ value, assigningAuthority }));
}

function issuersOf(interfaces: readonly InterfaceRecord[]): readonly string[] {
  return [...new Set(interfaces.flatMap((of) => mappingOf(of).mrnAuthority ?? []))].sort();
}

function uncovered(of: InterfaceRecord): readonly UncoveredChannel[] {
  const unknown = unknownOf(of);
  const { interfaceId, name, sourceId } = of;
  return unknown.length === 0 ? [] : [{ interfaceId, name, sourceId, unknown }];
}
