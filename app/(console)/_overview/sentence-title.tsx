import Link from "next/link";
import { unbrokenTimes } from "@/components/ui/unbroken-times";
import { hrefOf } from "@/lib/core/href";
import type { SentencePart } from "@/lib/core/interface/overview-sentence";

type SentenceTitleProps = {
  readonly parts: readonly SentencePart[];
  /** Range parameters that links keep. */
  readonly params: Readonly<Record<string, string>>;
};

/** The page's heading: a sentence whose interfaces are links. */
export function SentenceTitle({ parts, params }: SentenceTitleProps) {
  return parts.map(({ text, interfaceId }) =>
    interfaceId === undefined ? (
      unbrokenTimes(text)
    ) : (
      <Link
        key={text}
        href={hrefOf(`/interfaces/${interfaceId}`, params)}
        prefetch={false}
        className="text-link"
      >
        {text}
      </Link>
    ),
  );
}
