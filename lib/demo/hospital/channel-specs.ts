import { aChannel, type ChannelSpec } from "../engine/channel-spec";
import type { Hospital } from "./hospital";
import { hospitalInterfaces } from "./hospital";
import type { HospitalInterface } from "./hospital-interface";

/** The interface as a channel of the stub engine. Feeds beside the engine get one too: bodies and facts are made from it. */
export function channelSpecOf(feed: HospitalInterface, port = 6_600): ChannelSpec {
  return aChannel({
    id: feed.externalId,
    name: feed.name,
    group: feed.group,
    storage: "PRODUCTION",
    sourceTransport: feed.sourceTransport,
    hasSourceQueue: feed.hasSourceQueue,
    port,
    sender: feed.sender,
    receiver: feed.receivers[0] ?? "ENGINE",
    messageTypes: feed.messageTypes,
    share: feed.perDay,
    sourceFilterRate: feed.sourceFilterRate,
    sourceFailureRate: feed.sourceFailureRate,
    columns: feed.columns,
    destinations: feed.destinations,
  });
}

/** The channels of the demo hospital's engine, as slow as the planted drift has made them by now. */
export function engineChannels(hospital: Hospital): readonly ChannelSpec[] {
  return hospitalInterfaces
    .filter((feed) => feed.feed === "engine")
    .map((feed, index) => {
      const slower = hospital.incidentsOf(feed).find((incident) => incident.kind === "slower");
      const spec = channelSpecOf(feed, 6_601 + index);
      if (slower?.kind !== "slower") return spec;
      return {
        ...spec,
        destinations: spec.destinations.map((destination, position) =>
          position + 1 === slower.leg
            ? { ...destination, medianMs: destination.medianMs * slower.factor }
            : destination,
        ),
      };
    });
}
