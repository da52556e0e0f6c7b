import type { InterfaceHealth } from "@/lib/core/interface/health";
import type { InterfaceSigns, LegSigns } from "@/lib/core/interface/signs";

export const now = new Date("2026-11-24T07:30:00Z");

/** `minutes` before `now`. */
export function ago(minutes: number): Date {
  return new Date(now.getTime() - minutes * 60_000);
}

export function aLeg(over: Partial<LegSigns> = {}): LegSigns {
  return {
    legId: 1,
    name: "RIS",
    direction: "destination",
    ok: 500,
    failed: 0,
    pending: 0,
    p95Ms: 400,
    outages: [],
    queueDepth: 0,
    headAgeMs: null,
    usual: { failureRateHigh: 0.002, p95HighMs: 600, queueHigh: 5 },
    ...over,
  };
}

export function anInterface(over: Partial<InterfaceSigns> = {}): InterfaceSigns {
  return {
    interfaceId: 7,
    name: "Orders to radiology",
    criticality: "normal",
    engineState: "STARTED",
    isPaused: false,
    silence: { since: ago(2), usualLow: 0, weeks: 4 },
    legs: [aLeg()],
    ...over,
  };
}

export function aHealth(over: Partial<InterfaceHealth> = {}): InterfaceHealth {
  return {
    interfaceId: 7,
    name: "Orders to radiology",
    level: "ok",
    problems: [],
    since: undefined,
    score: 1,
    ...over,
  };
}
