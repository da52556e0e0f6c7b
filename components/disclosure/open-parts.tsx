import { type PartName, partTitles } from "../message/content-part";

type OpenPartsProps = {
  readonly content: {
    readonly parts: readonly {
      readonly part: PartName;
      readonly dataType: string;
      readonly text: string | undefined;
    }[];
    readonly notKept: string | undefined;
  };
};

/** A content in clear, part by part. */
export function OpenParts({ content: { parts, notKept } }: OpenPartsProps) {
  if (notKept) return <p>The engine keeps no content: {notKept}.</p>;
  return (
    <div className="flex flex-col gap-3">
      {parts.map(({ part, dataType, text }) => (
        <section key={part}>
          <h3 className="mb-1 font-medium">
            {partTitles[part]} <span className="font-normal text-muted">{dataType}</span>
          </h3>
          {text === undefined ? (
            <p className="text-muted">Kept encrypted by the engine.</p>
          ) : (
            <pre className="max-h-96 overflow-auto rounded-sm border border-line bg-raised p-3 font-mono text-12 whitespace-pre-wrap break-all">
              {linesOf(text)}
            </pre>
          )}
        </section>
      ))}
    </div>
  );
}

/** HL7 v2 ends segments with a carriage return, which a browser does not draw. */
function linesOf(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n");
}
