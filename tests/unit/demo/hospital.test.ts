import { describe, expect, it } from "vitest";
import { dayDraw } from "@/lib/demo/history/draw-day";
import { pastCalendar } from "@/lib/demo/history/past-calendar";
import { createHospital, hospitalInterfaces } from "@/lib/demo/hospital/hospital";
import { names } from "@/lib/demo/hospital/incidents";
import { staffActs } from "@/lib/demo/hospital/staff-activity";

const plan = { seed: 3, startedAt: new Date("2026-03-11T09:40:00Z"), zone: "Europe/Berlin" };
const hospital = createHospital(plan);
const today = Date.parse("2026-03-11T00:00:00Z");
const dayMs = 86_400_000;

function feed(externalId: string) {
  const found = hospitalInterfaces.find((one) => one.externalId === externalId);
  if (found === undefined) throw new Error("There is no such interface.");
  return found;
}

const draw = (externalId: string, dayStartMs: number) => [
  ...dayDraw(hospital, feed(externalId))(dayStartMs, plan.startedAt.getTime()),
];

const deliveries = (given: {
  readonly externalId: string;
  readonly leg: number;
  readonly from: string;
  readonly to: string;
}) =>
  draw(given.externalId, Math.floor(Date.parse(given.from) / dayMs) * dayMs)
    .filter(({ receivedMs }) => receivedMs >= Date.parse(given.from) && receivedMs < Date.parse(given.to))
    .flatMap((message) => message.deliveries.filter(({ leg }) => leg === given.leg));

describe("the demo hospital", () => {
  it("has interfaces whose names and ids differ, and more than fifty legs", () => {
    expect(new Set(hospitalInterfaces.map(({ externalId }) => externalId)).size).toBe(18);
    expect(new Set(hospitalInterfaces.map(({ name }) => name)).size).toBe(18);
    expect(hospitalInterfaces.reduce((legs, { destinations }) => legs + 1 + destinations.length, 0)).toBe(57);
  });

  it("repeats a day exactly, in whatever order days are drawn", () => {
    const once = draw(names.adt, today - dayMs);
    const maker = dayDraw(hospital, feed(names.adt));
    expect([...maker(today - 5 * dayMs, plan.startedAt.getTime())].length).toBeGreaterThan(100);
    expect([...maker(today - dayMs, plan.startedAt.getTime())]).toEqual(once);
  });

  it("is another one for another seed", () => {
    const other = dayDraw(createHospital({ ...plan, seed: 4 }), feed(names.adt));
    expect([...other(today - dayMs, plan.startedAt.getTime())]).not.toEqual(draw(names.adt, today - dayMs));
  });

  it("is quieter at night and at weekends, in its own time", () => {
    const at = (instant: string) => hospital.expectedPerHour(feed(names.imagingReports), Date.parse(instant));
    expect(at("2026-03-10T09:00:00+01:00")).toBeGreaterThan(10 * at("2026-03-10T03:00:00+01:00"));
    expect(at("2026-03-10T09:00:00+01:00")).toBeGreaterThan(5 * at("2026-03-08T09:00:00+01:00"));
    expect(at("2025-12-25T09:00:00+01:00")).toBeLessThan(at("2025-12-18T09:00:00+01:00") / 5);
  });
});

describe("what was planted", () => {
  const outage = { from: "2026-03-11T02:10:00+01:00", to: "2026-03-11T04:35:00+01:00" };

  it("is a destination that refused every message last night", () => {
    const refused = deliveries({ externalId: names.imagingOrders, leg: 1, ...outage });
    expect(refused.length).toBeGreaterThan(3);
    expect(new Set(refused.map(({ failure }) => failure))).toEqual(new Set(["connect_refused"]));
  });

  it("is a queue that held orders back three days ago until the destination was there again", () => {
    const [from, to] = ["2026-03-08T13:20:00+01:00", "2026-03-08T15:05:00+01:00"];
    const waited = deliveries({ externalId: names.imagingOrders, leg: 2, from, to });
    expect(waited.length).toBeGreaterThan(5);
    expect(waited.every(({ outcome }) => outcome === "ok")).toBe(true);
    expect(waited.every(({ sentMs }) => (sentMs ?? 0) >= Date.parse(to))).toBe(true);
    expect(waited.map(({ firstOutcome }) => firstOutcome).slice(0, 2)).toEqual(["failed", "ok"]);
  });

  it("is an interface that fell silent this morning and nothing before", () => {
    const silentSinceMs = plan.startedAt.getTime() - 160 * 60_000;
    const received = draw(names.pointOfCare, today).map(({ receivedMs }) => receivedMs);
    expect(received.length).toBeGreaterThan(50);
    expect(received.filter((ms) => ms >= silentSinceMs)).toEqual([]);
  });

  it("is a burst of rejections yesterday afternoon, two of every three orders", () => {
    const failuresOf = (from: string, to: string) =>
      deliveries({ externalId: names.labOrders, leg: 1, from, to }).map(
        ({ failure }) => failure === "nack_ae",
      );
    const burst = failuresOf("2026-03-10T14:05:00+01:00", "2026-03-10T15:10:00+01:00");
    expect(burst.length).toBeGreaterThan(15);
    expect(burst).toEqual(burst.map((_, index) => index % 3 < 2));
    const before = failuresOf("2026-03-10T10:00:00+01:00", "2026-03-10T14:00:00+01:00");
    expect(before.filter((isRejected) => isRejected).length / before.length).toBeLessThan(0.06);
  });

  it("is a burst that lies two to twenty-six hours back, whenever the demo is started", () => {
    for (let hour = 0; hour < 24; hour += 1) {
      const startedAt = new Date(Date.parse("2026-03-11T00:00:00+01:00") + hour * 3_600_000);
      const { incidents } = createHospital({ ...plan, startedAt }).plantings;
      const hoursBack = incidents
        .filter(({ kind }) => kind === "nacks")
        .map(({ toMs }) => (startedAt.getTime() - toMs) / 3_600_000);
      expect(hoursBack).toHaveLength(1);
      expect(hoursBack.every((back) => back >= 2 && back < 26)).toBe(true);
    }
  });

  it("is now and then an answer that did not come within the five seconds that the engine waits", () => {
    const failures = Array.from({ length: 20 }, (_, day) => draw(names.labOrders, today - (day + 2) * dayMs))
      .flat()
      .flatMap((message) => message.deliveries)
      .filter(({ failure }) => failure === "timeout");
    expect(failures.length).toBeGreaterThan(5);
    expect(failures.every(({ sentMs, ackedMs }) => (ackedMs ?? 0) - (sentMs ?? 0) === 5_000)).toBe(true);
  });

  it("is a destination that became slower for three weeks", () => {
    const median = (daysBack: number) => {
      const dayStartMs = today - daysBack * dayMs;
      const partner = draw(names.imagingReports, dayStartMs)
        .flatMap((message) => message.deliveries.filter(({ leg }) => leg === 1))
        .map(({ sentMs, ackedMs }) => (ackedMs ?? 0) - (sentMs ?? 0))
        .sort((one, other) => one - other);
      return partner[Math.floor(partner.length / 2)] ?? 0;
    };
    expect(median(1) / median(30)).toBeGreaterThan(4);
    expect(median(1)).toBeGreaterThan(median(8));
  });

  it("is an engine that was down on Sunday night", () => {
    const down = draw(names.adt, Date.parse("2026-03-08T00:00:00Z")).filter(
      ({ receivedMs }) =>
        receivedMs >= Date.parse("2026-03-08T01:00:00+01:00") &&
        receivedMs < Date.parse("2026-03-08T03:00:00+01:00"),
    );
    expect(down).toEqual([]);
  });

  it("is a replay that names what it repeats, and is no first attempt", () => {
    const replays = draw(names.labResults, Date.parse("2026-03-05T00:00:00Z")).filter(
      ({ replayOf }) => replayOf !== undefined,
    );
    expect(replays.length).toBe(180);
    expect(replays.every(({ sequence, replayOf }) => (replayOf ?? sequence) < sequence)).toBe(true);
    expect(
      replays
        .flatMap((message) => message.deliveries)
        .every(({ firstOutcome }) => firstOutcome === undefined),
    ).toBe(true);
  });
});

describe("the calendar of the past", () => {
  it("covers every day of thirteen months once, newest first", () => {
    const { parts, firstDayMs, lastDayMs, oldestRawDayMs } = pastCalendar(plan);
    expect(parts[0]?.toMs).toBe(lastDayMs + dayMs);
    expect(parts.at(-1)?.fromMs).toBe(firstDayMs);
    expect(parts.slice(1).map(({ toMs }) => toMs)).toEqual(parts.slice(0, -1).map(({ fromMs }) => fromMs));
    expect(parts.filter(({ keepsDeliveries }) => keepsDeliveries).at(-1)?.fromMs).toBe(oldestRawDayMs);
  });
});

describe("the staff of the demo", () => {
  it("signs in before it does anything, and repeats a day exactly", () => {
    const acts = staffActs(hospital, today - dayMs);
    expect(acts.length).toBeGreaterThan(10);
    expect(acts).toEqual(staffActs(hospital, today - dayMs));
    expect(acts[0]?.name).toBe("Login");
  });

  it("deployed the channel when its rejections began and again when they ended", () => {
    const deployed = staffActs(hospital, today - dayMs).filter(({ name }) => name === "Deploy channels");
    expect(deployed.map(({ atMs }) => new Date(atMs).toISOString())).toEqual([
      "2026-03-10T13:05:00.000Z",
      "2026-03-10T14:10:00.000Z",
    ]);
  });
});
