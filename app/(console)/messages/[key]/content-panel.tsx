import { MaskedContent } from "@/components/message/masked-content";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import type { Actor } from "@/lib/core/authz/actor";
import { contentAccess } from "@/lib/core/authz/content-policy";
import { can } from "@/lib/core/authz/policy";
import { AppError } from "@/lib/core/errors";
import { type DeliveryPlace, printPlace } from "@/lib/core/message/delivery-place";
import { type ContentView, readContent } from "@/lib/services/messages/read-content";

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
        <Parts content={await contentOrWhy(actor, place)} />
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

const partTitles: Readonly<Record<ContentView["parts"][number]["part"], string>> = {
  raw: "Raw",
  processedRaw: "Raw, preprocessed",
  transformed: "Transformed",
  encoded: "Encoded",
  sent: "Sent",
  response: "Response",
  responseTransformed: "Response, transformed",
  processedResponse: "Response, processed",
};
