import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageHeader } from "@/components/ui/page-header";
import { hrefOf } from "@/lib/core/href";
import { parsePlace } from "@/lib/core/message/delivery-place";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { readMessage } from "@/lib/services/messages/read-message";
import { found } from "../../found";
import { oneParam } from "../../one-param";
import { readPageTime } from "../../page-time";
import { ClaimPanel } from "./claim-panel";
import { ContentPanel } from "./content-panel";
import { DeliveryPanel } from "./delivery-panel";
import { FailureCallout } from "./failure-callout";
import { RelatedPanel } from "./related-panel";
import { SendAgain } from "./send-again";
import { TrackPanel } from "./track-panel";

export const metadata: Metadata = { title: "Message" };

type PageProps = {
  readonly params: Promise<{ readonly key: string }>;
  readonly searchParams: Promise<SearchParams>;
};

export default async function MessagePage({ params, searchParams }: PageProps) {
  const [actor, time, { key }, query] = await Promise.all([
    requireActor(),
    readPageTime(searchParams),
    params,
    searchParams,
  ]);
  const place = parsePlace(key);
  if (place === undefined) notFound();
  const view = await found(readMessage(actor, place));
  const { delivery } = view.chosen;
  const shared = { view, time };
  return (
    <>
      <PageHeader
        crumbs={[
          { label: "Messages", href: hrefOf("/messages", time.params) },
          {
            label: view.record.name,
            href: hrefOf(`/interfaces/${view.record.interfaceId}`, time.params),
          },
        ]}
        title={`${delivery.messageType ?? "Message"} ${delivery.engineMessageId}`}
        actions={<SendAgain actor={actor} view={view} />}
      />
      <div className="flex flex-col gap-6">
        <TrackPanel {...shared} />
        <FailureCallout {...shared} />
        <DeliveryPanel {...shared} />
        <ClaimPanel actor={actor} {...shared} />
        <ContentPanel actor={actor} place={place} isAsked={oneParam(query, "show") === "content"} />
        <RelatedPanel {...shared} />
      </div>
    </>
  );
}
