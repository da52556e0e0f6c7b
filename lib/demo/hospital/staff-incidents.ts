import { channelAttribute, type EngineEvent } from "../engine/event-log";
import { engineInterfaces } from "./engine-interfaces";
import type { Hospital } from "./hospital";
import type { Incident } from "./incidents";

/** Something a member of the staff, or the engine itself, did, as the engine's audit log tells it. */
export type StaffAct = Pick<
  EngineEvent,
  "atMs" | "name" | "attributes" | "outcome" | "userId" | "ipAddress"
> & { readonly username: string };

/** Accounts of the stub engine that people use. The one with number 1 belongs to the poller. */
export const staff = [
  { userId: 2, username: "revision", ipAddress: "10.20.4.17" },
  { userId: 3, username: "lindqvist", ipAddress: "10.20.4.31" },
  { userId: 4, username: "okafor", ipAddress: "10.20.4.32" },
] as const;

const [, changer, mender] = staff;
const engine = { userId: 0, username: "System" } as const;
const minute = 60_000;

/** What people did that caused, or ended, what was planted; so that the audit log explains the charts. */
export function staffIncidents({ plantings }: Hospital): readonly StaffAct[] {
  const { maintenance, incidents } = plantings;
  return [
    act(engine, { name: "Server shutdown", atMs: maintenance.fromMs }),
    act(engine, { name: "Server startup", atMs: maintenance.toMs - 12_000 }),
    act(engine, { name: "Server startup complete", atMs: maintenance.toMs }),
    ...incidents.flatMap(actsAround),
  ];
}

function actsAround(incident: Incident): readonly StaffAct[] {
  const channel = channelOf(incident.interface);
  switch (incident.kind) {
    case "nacks":
      return [
        ...changed({ channel, by: changer, atMs: incident.fromMs }),
        ...changed({ channel, by: mender, atMs: incident.toMs }),
      ];
    case "slower":
      return changed({ channel, by: changer, atMs: incident.fromMs });
    case "replay":
      return sitting(mender, [
        { name: "Reprocess messages", atMs: incident.fromMs, attributes: [["replace", "false\n"], channel] },
      ]);
    case "refused":
    case "silent":
      return [];
  }
}

type Person = (typeof staff)[number];
type Doing = Pick<StaffAct, "name" | "atMs"> & { readonly attributes?: StaffAct["attributes"] };
type Attribute = StaffAct["attributes"][number];

/** A channel is looked at, changed and deployed; the last of it at `atMs`. */
function changed(given: {
  readonly channel: Attribute;
  readonly by: Person;
  readonly atMs: number;
}): readonly StaffAct[] {
  const { channel, by, atMs } = given;
  return sitting(by, [
    {
      name: "Get messages by page limit",
      atMs: atMs - 9 * minute,
      attributes: [["statuses", "ERROR\n"], channel],
    },
    { name: "Update channel", atMs: atMs - 2 * minute, attributes: [["override", "false\n"], channel] },
    { name: "Deploy channels", atMs, attributes: [["returnErrors", "true\n"], channel] },
  ]);
}

function sitting(person: Person, doings: readonly Doing[]): readonly StaffAct[] {
  const firstMs = doings[0]?.atMs ?? 0;
  const lastMs = doings.at(-1)?.atMs ?? 0;
  return [
    act(person, {
      name: "Login",
      atMs: firstMs - minute,
      attributes: [["username", person.username]],
    }),
    ...doings.map((doing) => act(person, doing)),
    act(person, { name: "Logout", atMs: lastMs + 3 * minute }),
  ];
}

function act(person: Person | typeof engine, doing: Doing): StaffAct {
  return { ...person, attributes: [], ...doing, outcome: "SUCCESS" };
}

function channelOf(externalId: string): Attribute {
  const feed = engineInterfaces.find((one) => one.externalId === externalId);
  return ["channel", channelAttribute({ id: externalId, name: feed?.name ?? "" })];
}
