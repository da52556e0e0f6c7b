import {
  Activity,
  Archive,
  ArrowLeftRight,
  BookOpenCheck,
  Building2,
  CalendarClock,
  CircleGauge,
  ClipboardCheck,
  GitCompareArrows,
  type LucideIcon,
  Mail,
  OctagonX,
  PhoneCall,
  Plug,
  RotateCcw,
  ScanLine,
  ScrollText,
  Settings,
  Siren,
  UserCheck,
} from "lucide-react";
import type { NavIconName } from "./navigation";

export function NavIcon({ name }: { readonly name: NavIconName }) {
  const Icon = icons[name];
  return <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.6} />;
}

const icons: Record<NavIconName, LucideIcon> = {
  overview: Activity,
  interfaces: ArrowLeftRight,
  messages: Mail,
  work: ClipboardCheck,
  replays: RotateCcw,
  failures: OctagonX,
  incidents: Siren,
  exams: ScanLine,
  reconciliation: GitCompareArrows,
  sla: CircleGauge,
  changes: CalendarClock,
  governance: BookOpenCheck,
  sources: Plug,
  estate: Building2,
  "on-call": PhoneCall,
  audit: ScrollText,
  approvals: UserCheck,
  retention: Archive,
  admin: Settings,
};
