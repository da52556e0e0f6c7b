"use client";
import { useState } from "react";
import { OpenParts } from "@/components/disclosure/open-parts";
import { TimeLeft } from "@/components/disclosure/time-left";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { DeliveryPlace } from "@/lib/core/message/delivery-place";
import type { OpenContent } from "@/lib/services/disclosure/read-values";
import { AskValues } from "../../ask-values";
import { askForValues, fetchValues } from "./actions";

type ValuesPanelProps = {
  readonly place: DeliveryPlace;
  /** They were asked for and the time is not over: a reason was given already. */
  readonly isOpen: boolean;
};

/**
 * The values of this one message, asked for with a reason. They live in this component alone, never in the page's own
 * markup or address, and are dropped when the time is over.
 */
export function ValuesPanel({ place, isOpen }: ValuesPanelProps) {
  const [content, setContent] = useState<OpenContent>();
  const [isStillOpen, setIsStillOpen] = useState(isOpen);
  const [said, setSaid] = useState("");
  const show = async () => {
    const answer = await fetchValues(place);
    setContent(answer.ok ? answer.result : undefined);
    setIsStillOpen(answer.ok);
    setSaid(answer.ok ? "" : answer.message);
  };
  const mask = (isOver: boolean) => {
    setContent(undefined);
    setIsStillOpen(!isOver);
    setSaid("The values are masked again.");
  };
  if (content === undefined) {
    return (
      <div className="flex flex-wrap items-center gap-2">
        {isStillOpen ? (
          <Button onClick={() => void show()}>Show values again</Button>
        ) : (
          <AskValues of="message" ask={(why) => askForValues({ ...place, ...why })} onGranted={show} />
        )}
        <span role="status">{said}</span>
      </div>
    );
  }
  const over = () => mask(true);
  return (
    <div className="flex flex-col gap-3">
      <Callout
        tone="warning"
        title={
          <>
            Patient data in clear, masked again in{" "}
            <TimeLeft key={content.remainingMs} remainingMs={content.remainingMs} onOver={over} />
          </>
        }
        actions={<Button onClick={() => mask(false)}>Mask now</Button>}
      >
        Mask it when you leave your place.
      </Callout>
      <OpenParts content={content} />
    </div>
  );
}
