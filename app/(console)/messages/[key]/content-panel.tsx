import { partTitles } from "@/components/message/content-part";
import { MaskedContent } from "@/components/message/masked-content";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import type { Actor } from "@/lib/core/authz/actor";
import { contentAccess } from "@/lib/core/authz/content-policy";
import { can } from "@/lib/core/authz/policy";
import { AppError } from "@/lib/core/errors";
import { type DeliveryPlace, printPlace } from "@/lib/core/message/delivery-place";
import { areValuesOpen } from "@/lib/services/disclosure/are-values-open";
import { type ContentView, readContent } from "@/lib/services/messages/read-content";
import { ValuesPanel } from "./values-panel";

type ContentPanelProps = {
  readonly actor: Actor;
  readonly place: DeliveryPlace;
  /** Content is fetched and noted in the audit trail only when a person asks for it. */
  readonly isAsked: boolean;
};

/** What is inside the message, masked, on request; or why it stays closed. */
export async function ContentPanel({ actor, place, isAsked }: ContentPanelProps) {
  if (!can(actor, "message.content")) return null;
  const access = contentAccess(actor);
  return (
    <Panel
      title="Content"
      hint="Fetched from the engine on request, values masked; every look is noted in the audit trail"
    >
      {access.kind === "closed" ? (
        <EmptyState title={access.why} lamp="excluded">
          Outcomes, times, reasons and identifiers above need none of it.
        </EmptyState>
      ) : isAsked ? (
        <div className="flex flex-col gap-4">
          <Parts content={await contentOrWhy(actor, place)} />
          {can(actor, "message.unmask") ? (
            <ValuesPanel place={place} isOpen={await areValuesOpen(actor, place)} />
          ) : null}
        </div>
      ) : (
        <LinkButton href={`/messages/${printPlace(place)}?show=content`}>Show masked content</LinkButton>
      )}
    </Panel>
  );
}

async function contentOrWhy(actor: Actor, place: DeliveryPlace): Promise<ContentView | string> {
  try {
    return await readContent(actor, place);
  } catch (error) {
    if (error instanceof AppError && error.code !== "internal") return error.message;
    throw error;
  }
}

function Parts({ content }: { readonly content: ContentView | string }) {
  if (typeof content === "string") return <EmptyState title={content} />;
  if (content.notKept) return <EmptyState title={`The engine keeps no content: ${content.notKept}.`} />;
  return (
    <div className="flex flex-col gap-4">
      {content.parts.map(({ part, dataType, content: masked }) => (
        <section key={part}>
          <h3 className="mb-1 font-medium">
            {partTitles[part]} <span className="font-normal text-muted">{dataType}</span>
          </h3>
          {masked ? (
            <MaskedContent content={masked} />
          ) : (
            <p className="text-muted">Kept encrypted by the engine.</p>
          )}
        </section>
      ))}
    </div>
  );
}
