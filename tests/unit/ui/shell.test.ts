import { describe, expect, test } from "vitest";
import { currentEntry, type NavGroup } from "@/components/shell/navigation";
import { readPreferences } from "@/components/shell/preferences";

const groups: readonly NavGroup[] = [
  {
    title: "Watch",
    entries: [
      { label: "Interfaces", href: "/interfaces", icon: "interfaces" },
      { label: "Messages", href: "/messages", icon: "messages" },
    ],
  },
  { title: "System", entries: [{ label: "Admin", href: "/interfaces/admin", icon: "admin" }] },
];

describe("where I am", () => {
  test.each([
    ["/interfaces", "Interfaces"],
    ["/interfaces/7", "Interfaces"],
    ["/interfaces/admin/tokens", "Admin"],
    ["/interfacesque", undefined],
  ])("%s lies in %s", (pathname, label) => {
    expect(currentEntry(groups, pathname)?.label).toBe(label);
  });
});

describe("preferences of a device", () => {
  const read = (cookies: Readonly<Record<string, string>>) => readPreferences((name) => cookies[name]);

  test("without cookies the system's theme, dense rows and single keys apply", () => {
    expect(read({})).toEqual({
      theme: "system",
      density: "dense",
      isSingleKeysOn: true,
      isRailCollapsed: false,
      zone: undefined,
    });
  });
  test("chosen values are read back", () => {
    const cookies = {
      "signalbox-theme": "dark",
      "signalbox-density": "comfortable",
      "signalbox-keys": "off",
      "signalbox-rail": "collapsed",
      "signalbox-zone": "Europe/Berlin",
    };
    expect(read(cookies)).toEqual({
      theme: "dark",
      density: "comfortable",
      isSingleKeysOn: false,
      isRailCollapsed: true,
      zone: "Europe/Berlin",
    });
  });
  test("a made-up cookie counts as none", () => {
    expect(read({ "signalbox-theme": "neon", "signalbox-zone": "Mars/Olympus" })).toEqual(read({}));
  });
});
