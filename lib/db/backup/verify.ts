import type { BackupManifest } from "@/lib/core/backup/format";
import { withConnection } from "./scratch";
import { countedTotal, rolledUpTotal, sameTotal } from "./totals";

/** How the totals of a restored backup compare with those written down when it was taken. */
export type TotalsComparison = {
  readonly compared: number;
  /** Day totals whose deliveries are still kept, counted again one by one. */
  readonly recounted: number;
  readonly different: number;
};

/** Compares every total of the manifest with the restored rollup, and with the restored deliveries where they are kept. */
export function compareTotals(scratchUrl: string, manifest: BackupManifest): Promise<TotalsComparison> {
  return withConnection(scratchUrl, async (client) => {
    let recounted = 0;
    let different = 0;
    for (const total of manifest.totals) {
      const rolledUp = await rolledUpTotal(client, total);
      const counted = await countedTotal(client, total);
      if (counted !== undefined) recounted += 1;
      const agree =
        rolledUp !== undefined &&
        sameTotal(rolledUp, total) &&
        (counted === undefined || sameTotal(counted, total));
      if (!agree) different += 1;
    }
    return { compared: manifest.totals.length, recounted, different };
  });
}
