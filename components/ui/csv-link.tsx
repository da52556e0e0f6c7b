import { Download } from "lucide-react";
import { buttonClass } from "./button";

export type CsvLinkProps = {
  readonly href: string;
  /** What the file holds, for the spoken name: "failures by interface". */
  readonly of: string;
};

/** Downloads the same figures as the table beside it. A plain link: the browser streams it. */
export function CsvLink({ href, of }: CsvLinkProps) {
  return (
    <a href={href} download aria-label={`Download ${of} as CSV`} className={buttonClass("quiet")}>
      <Download aria-hidden />
      CSV
    </a>
  );
}
