import { buttonClass } from "@/components/ui/button";
import { CsvLink } from "@/components/ui/csv-link";
import type { TrailLinks } from "./trail-query";

/** The lines of the filter and the time range as files; taking one off is noted in the trail. */
export function ReportLinks({ links }: { readonly links: TrailLinks }) {
  return (
    <>
      <CsvLink href={links.csv} of="the lines shown" />
      <a
        href={links.ndjson}
        download
        aria-label="Download the lines shown as NDJSON"
        className={buttonClass("quiet")}
      >
        NDJSON
      </a>
    </>
  );
}
