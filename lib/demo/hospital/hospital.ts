import { groupBy } from "@/lib/core/group-by";
import { activityAt } from "./activity";
import { engineInterfaces } from "./engine-interfaces";
import type { HospitalInterface } from "./hospital-interface";
import { type Incident, isWithin, type Plantings, plantedIncidents } from "./incidents";
import { pushInterfaces } from "./push-interfaces";

/** Every feed of the demo hospital. */
export const hospitalInterfaces: readonly HospitalInterface[] = [...engineInterfaces, ...pushInterfaces];

/** One demo: its random seed, the instant it was started, and the zone in which the hospital keeps its hours. */
export type DemoPlan = { readonly seed: number; readonly startedAt: Date; readonly zone: string };

/** How the demo hospital behaves at any instant; the same plan always gives the same answers. */
export type Hospital = DemoPlan & {
  readonly plantings: Plantings;
  /** Messages expected per hour, silences aside. */
  expectedPerHour(feed: HospitalInterface, atMs: number): number;
  /** False while the interface is silenced, or its engine in maintenance. */
  isSending(feed: HospitalInterface, atMs: number): boolean;
  /** Incidents of one interface, in no particular order. */
  incidentsOf(feed: HospitalInterface): readonly Incident[];
};

export function createHospital(plan: DemoPlan): Hospital {
  const plantings = plantedIncidents(plan.startedAt, plan.zone);
  const byInterface = groupBy(plantings.incidents, (incident) => incident.interface);
  const incidentsOf = (feed: HospitalInterface) => byInterface.get(feed.externalId) ?? [];
  const growthEndMs = plan.startedAt.getTime();
  return {
    ...plan,
    plantings,
    incidentsOf,
    expectedPerHour: ({ activity, perDay }, atMs) =>
      (perDay / 24) * activityAt({ activity, atMs, zone: plan.zone, growthEndMs }),
    isSending: (feed, atMs) =>
      !(feed.feed === "engine" && isWithin(plantings.maintenance, atMs)) &&
      !incidentsOf(feed).some((one) => one.kind === "silent" && isWithin(one, atMs)),
  };
}
