import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { readPreferences } from "@/components/shell/preferences";
import { LinkButton } from "@/components/ui/button";
import { readFactorChoice } from "@/lib/auth/current-second-factor";
import { readMyReset } from "@/lib/auth/my-reset";
import { can } from "@/lib/core/authz/policy";
import { remainingMs } from "@/lib/core/disclosure/values-grant";
import { formatMoment } from "@/lib/core/time/format";
import { requireActor } from "@/lib/http/actor";
import { countInbox } from "@/lib/services/approvals/count-inbox";
import { countReviews } from "@/lib/services/audit-reviews/count-reviews";
import { countBreakGlassToReview } from "@/lib/services/disclosure/list-break-glass";
import { readNotices } from "@/lib/services/overview/read-notices";
import { listClaims } from "@/lib/services/work/list-claims";
import { SignOutForm } from "../(auth)/sign-out-form";
import { BreakGlassBanner } from "./break-glass-banner";
import { ConsoleShell } from "./console-shell";
import { IdleLock } from "./idle-lock/idle-lock";
import { navigationFor } from "./navigation";
import { PageBanners } from "./page-banners";
import { FALLBACK_ZONE } from "./page-time";
import { loadPaletteItems } from "./palette-items";
import { PasskeyBanner } from "./passkey-banner";
import { ResetBanner } from "./reset-banner";
import { grantWords } from "./role-words";
import { StepUpProvider } from "./step-up";

/** The frame of every signed-in page. */
export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const [actor, jar] = await Promise.all([requireActor(), cookies()]);
  const preferences = readPreferences((name) => jar.get(name)?.value);
  const zone = preferences.zone ?? FALLBACK_ZONE;
  const now = new Date();
  const [choice, reset, notices, inbox, toReview, claims, reviews] = await Promise.all([
    readFactorChoice(actor.id),
    readMyReset(),
    can(actor, "overview.read") ? readNotices(actor, {}) : undefined,
    can(actor, "approval.read") ? countInbox(actor, {}) : undefined,
    can(actor, "break-glass.review") ? countBreakGlassToReview(actor, {}) : 0,
    can(actor, "work.claim") ? listClaims(actor, {}) : undefined,
    can(actor, "audit-review.write") ? countReviews(actor, { zone }) : 0,
  ]);
  return (
    <ConsoleShell
      groups={navigationFor(actor, {
        "/approvals": (inbox?.toDecide ?? 0) + (inbox?.unseen ?? 0),
        "/admin/break-glass": toReview,
        "/audit": reviews,
        "/work": claims?.mine.length ?? 0,
      })}
      preferences={preferences}
      fallbackZone={FALLBACK_ZONE}
      account={{
        name: actor.name,
        role: [...actor.grants, ...(actor.withheld ?? [])].map(grantWords).join(", "),
      }}
      signOut={<SignOutForm />}
      accountLinks={
        <>
          <LinkButton look="quiet" href="/account">
            Security
          </LinkButton>
          {can(actor, "break-glass.use") ? (
            <LinkButton look="quiet" href="/admin/break-glass">
              Emergency access
            </LinkButton>
          ) : null}
        </>
      }
      canSearch={can(actor, "message.search")}
      {...(can(actor, "interface.read") ? { loadItems: loadPaletteItems } : {})}
      banners={
        <>
          {actor.breakGlassUntil ? (
            <BreakGlassBanner remainingMs={remainingMs(actor.breakGlassUntil, now)} />
          ) : null}
          {(actor.withheld ?? []).length > 0 ? <PasskeyBanner choice={choice} /> : null}
          {reset ? <ResetBanner at={formatMoment({ at: reset.at, zone, now })} /> : null}
          {notices ? <PageBanners notices={notices} zone={zone} now={now} /> : null}
        </>
      }
    >
      <IdleLock name={actor.name} choice={choice} />
      <StepUpProvider choice={choice}>{children}</StepUpProvider>
    </ConsoleShell>
  );
}
