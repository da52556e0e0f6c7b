import { compareVersions } from "./versions";

/** The day up to which the list below was kept. A page that shows its findings says so. */
export const KNOWN_RELEASES_AS_OF = "2026-11-24";

/** Something published of a product's releases. */
type Known = {
  /** Matches what people call the product. */
  readonly product: RegExp;
  /** Concerns this release and later ones; from the first where absent. */
  readonly from?: string;
  /** Concerns releases before this one. */
  readonly before: string;
  readonly severity: "critical" | "warning";
  readonly text: string;
  /** Where it was published. */
  readonly source: string;
  /** For the end of support: from this day on. ISO date. */
  readonly since?: string;
};

const mirth = /\b(mirth|nextgen connect)\b/i;
const postgresql = /\bpostgres(ql)?\b/i;

const knownReleases: readonly Known[] = [
  {
    product: mirth,
    before: "4.4.1",
    severity: "critical",
    text: "Anyone who reaches it can run programs on it. Fixed in 4.4.1; exploited in the wild.",
    source: "CVE-2023-43208, CISA Known Exploited Vulnerabilities",
  },
  {
    product: /\borthanc\b/i,
    before: "1.5.8",
    severity: "critical",
    text: "Remote access without sign-in by default. Fixed in 1.5.8.",
    source: "CVE-2025-0896, CISA ICSMA-25-037-02",
  },
  {
    product: /\borthanc\b/i,
    before: "1.12.11",
    severity: "critical",
    text: "Crafted DICOM files and requests can crash it or read and overwrite its memory. Fixed in 1.12.11.",
    source: "CVE-2026-5437 to CVE-2026-5445, CERT/CC",
  },
  ...[
    ["13", "14", "2025-11-13"],
    ["14", "15", "2026-11-12"],
    ["15", "16", "2027-11-11"],
    ["16", "17", "2028-11-09"],
    ["17", "18", "2029-11-08"],
    ["18", "19", "2030-11-14"],
  ].map(
    ([from = "", before = "", since = ""]): Known => ({
      product: postgresql,
      from,
      before,
      since,
      severity: "warning",
      text: `PostgreSQL ${from} gets no more fixes since ${since}.`,
      source: "PostgreSQL versioning policy",
    }),
  ),
  {
    product: postgresql,
    before: "13",
    severity: "warning",
    text: "This release gets no more fixes.",
    source: "PostgreSQL versioning policy",
  },
];

export type ReleaseFinding = Pick<Known, "severity" | "text" | "source">;

/** What is known of a product's release on a day. Nothing where product or version are unknown or cannot be read. */
export function releaseFindings(of: {
  readonly product: string | undefined;
  readonly version: string | undefined;
  readonly now: Date;
}): readonly ReleaseFinding[] {
  const { product, version, now } = of;
  if (product === undefined || version === undefined) return [];
  const isBefore = (limit: string) => (compareVersions(version, limit) ?? 0) < 0;
  const isFrom = (first: string) => (compareVersions(version, first) ?? -1) >= 0;
  return knownReleases
    .filter((known) => known.product.test(product) && isBefore(known.before))
    .filter(({ from }) => from === undefined || isFrom(from))
    .filter(({ since }) => since === undefined || now >= new Date(since))
    .map(({ severity, text, source }) => ({ severity, text, source }));
}
