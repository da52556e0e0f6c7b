import { type PartName, partTitles } from "../message/content-part";
import { OpenText } from "./open-text";

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
            <OpenText>{text}</OpenText>
          )}
        </section>
      ))}
    </div>
  );
}
