"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Panel, PanelBody } from "@/components/ui/panel";
import type { TimeRange } from "@/lib/core/time/range";
import type { ActionResult } from "@/lib/http/action";
import type { TrailVerdict } from "@/lib/services/own-audit/verify-trail";
import { verify } from "./actions";
import { VerdictList } from "./verdict-list";

type VerifyPanelProps = { readonly range: TimeRange; readonly zone: string; readonly now: Date };

/** Recomputes the trail on demand and says what came of it. */
export function VerifyPanel({ range, zone, now }: VerifyPanelProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [answer, setAnswer] = useState<ActionResult<TrailVerdict>>();
  const run = async (period: object) => {
    setIsBusy(true);
    setAnswer(undefined);
    setAnswer(await verify(period));
    setIsBusy(false);
  };
  return (
    <Panel
      title="Verify"
      hint="Recomputes every line, block, link and signature, and compares them with what was witnessed outside the database."
      actions={
        <>
          <Button disabled={isBusy} onClick={() => void run({ from: range.from, to: range.to })}>
            Verify the time above
          </Button>
          <Button disabled={isBusy} onClick={() => void run({})}>
            Verify the whole trail
          </Button>
        </>
      }
    >
      <div role="status">{isBusy ? <p className="text-muted">Verifying</p> : null}</div>
      {answer === undefined ? null : answer.ok ? (
        <VerdictList verdict={answer.result} zone={zone} now={now} />
      ) : (
        <PanelBody state={{ kind: "error", title: answer.message, requestId: answer.requestId }} />
      )}
    </Panel>
  );
}
