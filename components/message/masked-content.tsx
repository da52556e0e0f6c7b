import { formatCount } from "@/components/ui/format-number";
import type { Fault } from "@/lib/core/formats/hl7v2/faults";
import type { MaskedField, MaskedMessage, MaskedSegment } from "@/lib/core/formats/hl7v2/mask";
import type { MaskedContent as Content } from "@/lib/core/formats/masking/mask-content";
import { classNames } from "../ui/class-names";

/** A message with its values masked: HL7 v2 field by field with the faulty field marked, other formats as text. */
export function MaskedContent({ content }: { readonly content: Content }) {
  switch (content.kind) {
    case "hl7":
      return <MaskedHl7 message={content.message} />;
    case "text":
      return (
        <pre className="max-h-96 overflow-auto rounded-sm border border-line bg-raised p-3 font-mono text-12 whitespace-pre-wrap break-all">
          {content.text}
        </pre>
      );
  }
}

function MaskedHl7({ message }: { readonly message: MaskedMessage }) {
  return (
    <div className="overflow-x-auto rounded-sm border border-line bg-raised p-3 font-mono text-12">
      {message.missing.map((fault) => (
        <p key={fault.place?.segment} className="mb-1 font-sans font-medium text-critical">
          The receiver names {fault.place?.segment}, which the message does not have{codeText(fault)}.
        </p>
      ))}
      <ol>
        {message.segments.map((segment) => (
          <SegmentLine key={segment.number} segment={segment} />
        ))}
      </ol>
      {message.unshown > 0 ? (
        <p className="mt-1 font-sans">{formatCount(message.unshown)} further segments are not shown.</p>
      ) : null}
    </div>
  );
}

function SegmentLine({ segment }: { readonly segment: MaskedSegment }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-2 py-0.5">
      <span className="font-semibold">{segment.name}</span>
      {segment.fields.map((field) =>
        isEmpty(field) && !field.fault ? null : (
          <FieldValue key={field.number} name={`${segment.name}-${field.number}`} field={field} />
        ),
      )}
      {segment.fault ? (
        <span className="font-sans font-medium text-critical">
          faulty{segment.fault.place?.field ? `: field ${segment.fault.place.field} is not there` : ""}
          {codeText(segment.fault)}
        </span>
      ) : null}
    </li>
  );
}

function FieldValue({ name, field }: { readonly name: string; readonly field: MaskedField }) {
  const { number, fault, isBadDate } = field;
  return (
    <span
      title={`${name}, ${lengthOf(field)} characters`}
      className={classNames("rounded-sm px-0.5", fault && "outline-2 outline-critical")}
    >
      <sup className="mr-0.5 text-muted select-none">{number}</sup>
      {field.repetitions.map((repetition) => (
        <span key={repetition.number}>
          {repetition.number > 1 ? "~" : ""}
          {repetition.components.map((component) => (
            <span key={component.number}>
              {component.number > 1 ? "^" : ""}
              {component.values.map((value) => (
                <span
                  key={value.number}
                  className={classNames(
                    value.isMasked && "text-muted",
                    component.isFaulty && "underline decoration-critical",
                  )}
                >
                  {value.number > 1 ? "&" : ""}
                  {value.text}
                </span>
              ))}
            </span>
          ))}
        </span>
      ))}
      {fault ? (
        <span className="ml-1 font-sans font-medium text-critical">faulty{codeText(fault)}</span>
      ) : null}
      {isBadDate ? <span className="ml-1 font-sans font-medium text-warning">no such date</span> : null}
    </span>
  );
}

function isEmpty(field: MaskedField): boolean {
  return lengthOf(field) === 0;
}

function lengthOf({ repetitions }: MaskedField): number {
  return repetitions
    .flatMap(({ components }) => components.flatMap(({ values }) => values))
    .reduce((sum, { length }) => sum + length, 0);
}

function codeText({ code }: Fault): string {
  return code ? ` (${code})` : "";
}
