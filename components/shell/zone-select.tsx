"use client";
import { useMemo } from "react";
import { formatOffset } from "@/lib/core/time/format";
import { Field, Select } from "../ui/field";

export type ZoneSelectProps = { readonly value: string; readonly onChange: (zone: string) => void };

/** Time zone by place. This device's zone and UTC come first. */
export function ZoneSelect({ value, onChange }: ZoneSelectProps) {
  const { near, all } = useMemo(() => zoneChoices(value), [value]);
  return (
    <Field label="Zone" hint="Calendar days, “today” and every clock time on the page follow it.">
      {(ids) => (
        <Select {...ids} value={value} onChange={(event) => onChange(event.target.value)}>
          <optgroup label="Near at hand">
            {near.map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll("_", " ")} ({formatOffset({ at: new Date(), zone })})
              </option>
            ))}
          </optgroup>
          <optgroup label="All zones">
            {all.map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll("_", " ")}
              </option>
            ))}
          </optgroup>
        </Select>
      )}
    </Field>
  );
}

function zoneChoices(value: string) {
  const device = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const near = [...new Set([value, device, "UTC"])];
  return { near, all: Intl.supportedValuesOf("timeZone").filter((zone) => !near.includes(zone)) };
}
