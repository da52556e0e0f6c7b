/** The groups of the rail, in their order. */
export const navGroupTitles = ["Watch", "Records", "Agree", "System"] as const;
export type NavGroupTitle = (typeof navGroupTitles)[number];

/** Names of the pictures an entry may have; see nav-icon.tsx. */
export type NavIconName =
  | "overview"
  | "interfaces"
  | "messages"
  | "work"
  | "replays"
  | "failures"
  | "incidents"
  | "exams"
  | "reconciliation"
  | "sla"
  | "changes"
  | "governance"
  | "sources"
  | "estate"
  | "audit"
  | "on-call"
  | "approvals"
  | "retention"
  | "admin";

export type NavEntry = {
  readonly label: string;
  readonly href: string;
  readonly icon: NavIconName;
  /** Second key after `g`: "o" for `g o`. */
  readonly key?: string;
  /** What waits there, e.g. interfaces that need a person. Zero shows nothing. */
  readonly count?: number;
  /** One of the three that stay in reach of the thumb; the rest is behind "More". */
  readonly isOnPhoneBar?: boolean;
};
/** Only groups and entries this person may open; an empty group is not drawn. */
export type NavGroup = { readonly title: NavGroupTitle; readonly entries: readonly NavEntry[] };

/** The entry whose address is the longest beginning of `pathname`, so that a detail page lights up its list. */
export function currentEntry(groups: readonly NavGroup[], pathname: string): NavEntry | undefined {
  return groups
    .flatMap((group) => group.entries)
    .filter((entry) => pathname === entry.href || pathname.startsWith(`${entry.href}/`))
    .toSorted((a, b) => b.href.length - a.href.length)[0];
}
