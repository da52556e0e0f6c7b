import type { NavEntry, NavGroup } from "@/components/shell/navigation";
import type { Actor } from "@/lib/core/authz/actor";
import { can, type Permission } from "@/lib/core/authz/policy";

/** The pages this person may open, in their groups. */
export function navigationFor(
  actor: Actor,
  /** What waits on a page, by its address. */
  counts: Readonly<Record<string, number>>,
): readonly NavGroup[] {
  const allowed = (entries: readonly Entry[]) =>
    entries
      .filter(({ permission }) => can(actor, permission))
      .map(({ permission: _, ...entry }) => ({ ...entry, count: counts[entry.href] ?? 0 }));
  return groups
    .map(({ title, entries }) => ({ title, entries: allowed(entries) }))
    .filter(({ entries }) => entries.length > 0);
}

type Entry = NavEntry & { readonly permission: Permission };

const groups: readonly { readonly title: NavGroup["title"]; readonly entries: readonly Entry[] }[] = [
  {
    title: "Watch",
    entries: [
      {
        label: "Overview",
        href: "/",
        icon: "overview",
        key: "o",
        isOnPhoneBar: true,
        permission: "overview.read",
      },
      {
        label: "Interfaces",
        href: "/interfaces",
        icon: "interfaces",
        key: "i",
        isOnPhoneBar: true,
        permission: "interface.read",
      },
      {
        label: "Messages",
        href: "/messages",
        icon: "messages",
        key: "m",
        isOnPhoneBar: true,
        permission: "message.read",
      },
      { label: "Work", href: "/work", icon: "work", key: "w", permission: "work.claim" },
      { label: "Replays", href: "/replays", icon: "replays", permission: "replay.request" },
    ],
  },
  {
    title: "Records",
    entries: [{ label: "Exams", href: "/journeys", icon: "exams", key: "x", permission: "exam.read" }],
  },
  {
    title: "System",
    entries: [
      { label: "Sources", href: "/sources", icon: "sources", key: "s", permission: "source.read" },
      { label: "Estate", href: "/estate", icon: "estate", key: "e", permission: "estate.read" },
      { label: "On call", href: "/on-call", icon: "on-call", key: "c", permission: "on-call.read" },
      { label: "Audit", href: "/audit", icon: "audit", key: "a", permission: "external-audit.read" },
      { label: "Approvals", href: "/approvals", icon: "approvals", permission: "approval.read" },
      {
        label: "Emergency",
        href: "/admin/break-glass",
        icon: "incidents",
        permission: "break-glass.review",
      },
      { label: "Retention", href: "/admin/retention", icon: "retention", permission: "retention.read" },
      { label: "Admin", href: "/admin", icon: "admin", permission: "setting.write" },
    ],
  },
];
