/** Studies that an archive has, each by its number. */
export function aStudy(number: number, changed: object = {}): Record<string, unknown> {
  return {
    "00080020": { vr: "DA", Value: ["20260310"] },
    "00080050": { vr: "SH", Value: [`ACC-${number}`] },
    "00201208": { vr: "IS", Value: [1] },
    "0020000D": { vr: "UI", Value: [`1.2.826.0.1.3680043.9.${number}`] },
    ...changed,
  };
}

/** What an archive with `count` studies answers to a search by limit and offset. */
export function foundStudies(query: URLSearchParams, count = 3): readonly object[] {
  const offset = Number(query.get("offset") ?? 0);
  const limit = Number(query.get("limit") ?? 100);
  return Array.from({ length: count }, (_, i) => aStudy(i + 1)).slice(offset, offset + limit);
}
