"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { TimeLeft } from "@/components/disclosure/time-left";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { ClaimState, WorkItem } from "@/lib/core/work/claim";
import type { ActionResult } from "@/lib/http/action";
import { claim, release, renew } from "./actions";
import { ClaimOffer } from "./claim-offer";

export type ClaimedItemProps = {
  readonly state: ClaimState;
  readonly time: { readonly now: Date; readonly zone: string };
};

type ClaimedRecordProps<Content> = ClaimedItemProps & {
  readonly item: WorkItem;
  readonly load: () => Promise<ActionResult<Content>>;
  readonly draw: (content: Content) => ReactNode;
};

/**
 * The record of an item of work, open to whoever has claimed it. It lives in this component alone, never in the page's own
 * markup or address, and is dropped when the claim is over.
 */
export function ClaimedRecord<Content>({ item, state, time, load, draw }: ClaimedRecordProps<Content>) {
  const router = useRouter();
  const [content, setContent] = useState<Content>();
  const [said, setSaid] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const show = async () => {
    const answer = await load();
    setContent(answer.ok ? answer.result : undefined);
    setSaid(answer.ok ? "" : answer.message);
  };
  const act = async (ask: () => Promise<ActionResult<unknown>>, then: () => Promise<void> | void) => {
    setIsBusy(true);
    const answer = await ask();
    if (answer.ok) await then();
    else setSaid(answer.message);
    setIsBusy(false);
    router.refresh();
  };
  const close = (words: string) => {
    setContent(undefined);
    setSaid(words);
  };
  const status = said ? <p role="status">{said}</p> : null;
  if (state.kind !== "mine") {
    const take = () => void act(() => claim(item), show);
    return (
      <div className="flex flex-col items-start gap-2">
        <ClaimOffer state={state} time={time} isBusy={isBusy} onClaim={take} />
        {status}
      </div>
    );
  }
  const { claimId, remainingMs, canRenew } = state;
  const over = () => {
    close("Your claim is over, and the record is closed.");
    router.refresh();
  };
  return (
    <div className="flex flex-col gap-3">
      <Callout
        tone={content === undefined ? "notice" : "warning"}
        title={
          <>
            {content === undefined
              ? "Claimed by you for another "
              : "Patient data in clear, open to you for another "}
            <TimeLeft key={`${claimId} ${remainingMs}`} remainingMs={remainingMs} onOver={over} />
          </>
        }
        actions={
          <>
            {content === undefined ? (
              <Button look="primary" onClick={() => void show()}>
                Show the record
              </Button>
            ) : (
              <Button onClick={() => close("")}>Hide the record</Button>
            )}
            {canRenew ? (
              <Button
                disabled={isBusy}
                onClick={() =>
                  void act(
                    () => renew({ claimId }),
                    () => setSaid(""),
                  )
                }
              >
                Renew for 30 minutes
              </Button>
            ) : null}
            <Button
              disabled={isBusy}
              onClick={() =>
                void act(
                  () => release({ claimId }),
                  () => close("Released. The record is closed."),
                )
              }
            >
              Release
            </Button>
          </>
        }
      >
        {content === undefined
          ? "Nobody else can settle this item meanwhile."
          : "Hide it when you leave your place. Release it when you are done."}
      </Callout>
      {status}
      {content === undefined ? null : draw(content)}
    </div>
  );
}
