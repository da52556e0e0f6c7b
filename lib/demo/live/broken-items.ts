import type { Hospital } from "../hospital/hospital";

/** The first one soon, so that whoever tries the demo finds one. */
const firstAfterMs = 5_000;
const everyMs = 5 * 3_600_000;

/**
 * Reports of (afterMs, untilMs] that the ingest API has to refuse: the ultrasound router was updated, and says of some
 * images a word that no outcome has. They are kept as dead letters, for people to settle.
 */
export function brokenItems(
  hospital: Hospital,
  span: { readonly afterMs: number; readonly untilMs: number },
): readonly unknown[] {
  const firstMs = hospital.startedAt.getTime() + firstAfterMs;
  const items: unknown[] = [];
  for (let number = 0; firstMs + number * everyMs <= span.untilMs; number += 1) {
    const atMs = firstMs + number * everyMs;
    if (atMs <= span.afterMs) continue;
    items.push({
      kind: "delivery",
      interface: "dicom-ultrasound",
      leg: "1",
      direction: "destination",
      messageId: `archived-${number + 1}`,
      receivedAt: new Date(atMs).toISOString(),
      state: "sent",
      outcome: "archived",
      attempts: 1,
      messageType: "DICOM C-STORE",
      observedSeq: 1,
    });
  }
  return items;
}
