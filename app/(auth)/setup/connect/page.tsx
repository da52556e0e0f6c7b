import type { Metadata } from "next";
import { LinkButton } from "@/components/ui/button";
import { requireActor } from "@/lib/http/actor";
import { StartDemo } from "./start-demo";

export const metadata: Metadata = { title: "Connect" };

export default async function ConnectPage() {
  const actor = await requireActor();
  return (
    <div className="flex flex-col gap-4">
      <div>
        <p className="text-12 text-muted">Step 3 of 3</p>
        <h1 className="text-20 font-semibold">What should Signalbox watch, {actor.name}?</h1>
      </div>
      <p className="text-muted">An engine is read only: Signalbox never changes or re-sends its messages.</p>
      <div className="flex flex-col gap-2">
        <LinkButton look="primary" href="/sources/add">
          Connect an engine or feed
        </LinkButton>
        <StartDemo />
        <LinkButton look="quiet" href="/">
          Later
        </LinkButton>
      </div>
    </div>
  );
}
