"use client";
import { OpenParts } from "@/components/disclosure/open-parts";
import { type DeliveryPlace, printPlace } from "@/lib/core/message/delivery-place";
import { type ClaimedItemProps, ClaimedRecord } from "../../work/claimed-record";
import { fetchValues } from "./actions";

/** The values of a failed message, for whoever has claimed it. */
export function MessageClaim({ place, ...claimed }: ClaimedItemProps & { readonly place: DeliveryPlace }) {
  return (
    <ClaimedRecord
      {...claimed}
      item={{ kind: "failed-message", id: printPlace(place) }}
      load={() => fetchValues(place)}
      draw={(content) => <OpenParts content={content} />}
    />
  );
}
