import { type DemoInterface, readDemoLegIds, registerDemoInterfaces } from "@/lib/db/demo-hospital";
import { hospitalInterfaces } from "../hospital/hospital";
import type { HospitalInterface } from "../hospital/hospital-interface";
import { demoAuthority } from "../patients";
import type { PlacedFeed } from "./placed-feed";

/** Sources of the demo by how they speak. */
export type DemoSources = Readonly<Record<HospitalInterface["feed"], number>>;

/** Registers the hospital's interfaces and legs, where they are not yet, and answers with their ids. */
export async function placeFeeds(ask: {
  readonly sources: DemoSources;
  readonly since: Date;
}): Promise<readonly PlacedFeed[]> {
  const placed: PlacedFeed[] = [];
  for (const kind of ["engine", "push"] as const) {
    const sourceId = ask.sources[kind];
    const feeds = hospitalInterfaces.filter((feed) => feed.feed === kind);
    await registerDemoInterfaces({ sourceId, since: ask.since, interfaces: feeds.map(descriptionOf) });
    const ids = await readDemoLegIds(sourceId);
    for (const feed of feeds) {
      const legIds = descriptionOf(feed).legs.map(
        (leg) => ids.get(`${feed.externalId}/${leg.externalId}`) ?? 0,
      );
      placed.push({ feed, sourceId, legIds });
    }
  }
  return placed;
}

function descriptionOf(feed: HospitalInterface): DemoInterface {
  const { externalId, name, sender, receivers, messageClass, department, owner, criticality } = feed;
  const column = (content: string) => feed.columns.find((one) => one.holds === content)?.name;
  const mapped = Object.entries({
    controlId: column("controlId"),
    accession: column("accession"),
    orderNumber: column("orderNumber"),
    mrn: column("mrn"),
    mrnAuthority: demoAuthority,
  }).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return {
    externalId,
    name,
    sender,
    receivers,
    messageClass,
    department,
    owner,
    criticality,
    columns: feed.columns.map((one) => one.name),
    columnMapping: feed.feed === "engine" ? Object.fromEntries(mapped) : undefined,
    legs: [
      { externalId: "0", ordinal: 0, name: "Source", direction: "source" },
      ...feed.destinations.map((destination, index) => ({
        externalId: String(index + 1),
        ordinal: index + 1,
        name: destination.name,
        direction: "destination" as const,
      })),
    ],
  };
}
