import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/core/authz/policy";
import { printPlace } from "@/lib/core/message/delivery-place";
import { parseReplayMessages } from "@/lib/core/replay/href";
import type { SearchParams } from "@/lib/core/time/range-query";
import { requireActor } from "@/lib/http/actor";
import { oneParam } from "../../one-param";
import { DraftButton } from "./draft-button";

export const metadata: Metadata = { title: "Send again" };

export default async function NewReplayPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [actor, query] = await Promise.all([requireActor(), searchParams]);
  const places = parseReplayMessages(oneParam(query, "messages") ?? "").map(printPlace);
  if (places.length === 0 || !can(actor, "replay.request")) notFound();
  return (
    <>
      <PageHeader
        title={places.length === 1 ? "Send one message again" : `Send ${places.length} messages again`}
        crumbs={[{ label: "Replays", href: "/replays" }]}
        meta="Nothing is sent yet. First the engine is asked whether it still keeps them, and each is judged."
      />
      <DraftButton id={randomUUID()} places={places} />
    </>
  );
}
