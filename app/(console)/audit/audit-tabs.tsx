import { TabLinks } from "@/components/ui/tab-links";
import type { Actor } from "@/lib/core/authz/actor";
import { can, type Permission } from "@/lib/core/authz/policy";
import { hrefOf } from "@/lib/core/href";
import type { PageTime } from "../page-time";

const tabs = [
  { key: "engines", label: "Engines", path: "/audit", permission: "external-audit.read" },
  { key: "trail", label: "Signalbox", path: "/audit/trail", permission: "audit.read" },
  { key: "patient", label: "Who saw this patient", path: "/audit/patient", permission: "patient-audit.read" },
  { key: "reviews", label: "Reviews", path: "/audit/reviews", permission: "audit-review.write" },
] as const satisfies readonly {
  readonly key: string;
  readonly label: string;
  readonly path: string;
  readonly permission: Permission;
}[];

type AuditTabsProps = {
  readonly actor: Actor;
  readonly current: (typeof tabs)[number]["key"];
  readonly time: PageTime;
};

/** The parts of the audit that this person may open; all keep the time range. */
export function AuditTabs({ actor, current, time }: AuditTabsProps) {
  const open = tabs
    .filter(({ permission }) => can(actor, permission))
    .map(({ key, label, path }) => ({ key, label, href: hrefOf(path, time.params) }));
  return open.length > 1 ? <TabLinks label="Audit" tabs={open} current={current} /> : null;
}
