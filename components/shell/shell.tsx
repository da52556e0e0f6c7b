import { type ReactNode, Suspense } from "react";
import { AccountMenu, type AccountMenuProps } from "./account-menu";
import { BottomBar } from "./bottom-bar";
import { Keyboard } from "./keyboard";
import { LiveToggle } from "./live-refresh";
import { Logo } from "./logo";
import type { NavGroup } from "./navigation";
import type { Preferences } from "./preferences";
import { Rail } from "./rail";
import { RememberZone } from "./remember-zone";
import { SearchButton } from "./search-button";
import { ShellProvider } from "./shell-context";
import { ShellOverlays, type ShellOverlaysProps } from "./shell-overlays";
import { TimeRangeControl } from "./time-range-control";
import { WhereAmI } from "./where-am-i";

export type ShellProps = Omit<ShellOverlaysProps, "groups" | "items"> &
  Omit<AccountMenuProps, "preferences" | "links"> & {
    /** What this person may open, in order. */
    readonly groups: readonly NavGroup[];
    readonly preferences: Preferences;
    /** Zone where neither the address nor the device has named one. */
    readonly fallbackZone?: string;
    readonly items?: ShellOverlaysProps["items"];
    readonly accountLinks?: ReactNode;
    /** `Banner`s that concern every page: demo data, no backup. */
    readonly banners?: ReactNode;
    readonly children: ReactNode;
  };

/** The frame of every signed-in page: rail, top bar, content, phone bar, palette and keys. */
export function Shell({ groups, preferences, fallbackZone = "UTC", banners, children, ...rest }: ShellProps) {
  const { account, signOut, accountLinks, items = [], ...palette } = rest;
  return (
    <ShellProvider defaultZone={preferences.zone ?? fallbackZone} isSingleKeysOn={preferences.isSingleKeysOn}>
      <a
        href="#main"
        className="fixed top-2 left-2 z-60 -translate-y-16 rounded-sm bg-accent px-3 py-1.5 text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <div className="flex min-h-dvh [--sticky-top:3rem]">
        <Rail groups={groups} isCollapsed={preferences.isRailCollapsed} />
        <div className="flex min-w-0 flex-1 flex-col">
          <header
            data-screen-only
            className="sticky top-0 z-20 flex h-12 items-center gap-2 border-b border-line bg-surface px-3 md:px-5"
          >
            <span className="md:hidden">
              <Logo />
            </span>
            <WhereAmI groups={groups} />
            <div className="ml-auto flex items-center gap-1.5 md:gap-2">
              <SearchButton />
              <Suspense>
                <TimeRangeControl />
                <LiveToggle />
              </Suspense>
              <AccountMenu
                account={account}
                preferences={preferences}
                signOut={signOut}
                links={accountLinks}
              />
            </div>
          </header>
          {banners}
          <main
            id="main"
            tabIndex={-1}
            className="min-w-0 flex-1 px-3 py-4 outline-none max-md:pb-20 md:px-5"
          >
            {children}
          </main>
        </div>
      </div>
      <BottomBar groups={groups} />
      <Keyboard groups={groups} />
      <RememberZone isKnown={preferences.zone !== undefined} />
      <ShellOverlays groups={groups} items={items} {...palette} />
    </ShellProvider>
  );
}
