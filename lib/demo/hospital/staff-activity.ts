import { channelAttribute } from "../engine/event-log";
import { between, pick, type Random, seededRandom } from "../random";
import { activityAt } from "./activity";
import { engineInterfaces } from "./engine-interfaces";
import type { Hospital } from "./hospital";
import { type StaffAct, staff, staffIncidents } from "./staff-incidents";

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** What the staff did at the engine on one UTC day, in order. The same hospital and day always give the same acts. */
export function staffActs(hospital: Hospital, dayStartMs: number): readonly StaffAct[] {
  const random = seededRandom(hospital.seed, "staff", dayStartMs);
  const acts: StaffAct[] = [];
  for (let startMs = dayStartMs; startMs < dayStartMs + dayMs; startMs += hourMs) {
    const busy = activityAt({
      activity: "clinic",
      atMs: startMs,
      zone: hospital.zone,
      growthEndMs: hospital.startedAt.getTime(),
    });
    for (let left = Math.floor(busy * 0.3 + random()); left > 0; left -= 1) {
      acts.push(...sitting(random, startMs + Math.floor(random() * hourMs)));
    }
  }
  const planted = staffIncidents(hospital).filter(
    ({ atMs }) => atMs >= dayStartMs && atMs < dayStartMs + dayMs,
  );
  return [...acts, ...planted].toSorted((one, other) => one.atMs - other.atMs);
}

/** Somebody signs in, sometimes at the second try, does a few things and signs out. */
function sitting(random: Random, startMs: number): readonly StaffAct[] {
  const person = staff[Math.floor(random() * staff.length)] ?? staff[0];
  const who = {
    userId: person.userId,
    username: person.username,
    ipAddress: person.ipAddress,
    outcome: "SUCCESS",
  } as const;
  const login = { name: "Login", attributes: [["username", person.username]] } as const;
  const acts: StaffAct[] = [];
  if (random() < 0.08) acts.push({ ...who, ...login, atMs: startMs - 9_000, outcome: "FAILURE", userId: 0 });
  acts.push({ ...who, ...login, atMs: startMs });
  let atMs = startMs;
  for (let left = between(random, [1, 4]); left > 0; left -= 1) {
    atMs += between(random, [20_000, 240_000]);
    acts.push({ ...who, ...pickAct(random), atMs });
  }
  acts.push({ ...who, name: "Logout", attributes: [], atMs: atMs + between(random, [30_000, 400_000]) });
  return acts;
}

type ActKind = "search" | "content" | "reprocess" | "restart" | "change" | "read scripts";

const actKinds: readonly (readonly [ActKind, number])[] = [
  ["search", 40],
  ["content", 30],
  ["reprocess", 8],
  ["restart", 5],
  ["change", 4],
  ["read scripts", 2],
];

function pickAct(random: Random): Pick<StaffAct, "name" | "attributes"> {
  const feed = engineInterfaces[Math.floor(random() * engineInterfaces.length)];
  const channel = [
    "channel",
    channelAttribute({ id: feed?.externalId ?? "", name: feed?.name ?? "" }),
  ] as const;
  const message = ["messageId", `${between(random, [1, 60_000])}\n`] as const;
  switch (pick(random, actKinds)) {
    case "search":
      return { name: "Get messages by page limit", attributes: [["statuses", "ERROR\n"], channel] };
    case "content":
      return { name: "Get message content", attributes: [message, channel] };
    case "reprocess":
      return { name: "Reprocess messages", attributes: [["replace", "false\n"], message, channel] };
    case "restart":
      return { name: "Start channels", attributes: [["returnErrors", "true\n"], channel] };
    case "change":
      return { name: "Update channel", attributes: [["override", "false\n"], channel] };
    case "read scripts":
      return { name: "Get global scripts", attributes: [] };
  }
}
