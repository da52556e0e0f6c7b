"use client";
import { ChannelDialog } from "../../channel-dialog";
import { addMine } from "./actions";

/** Adds a way in which I am told. */
export function AddMine() {
  return <ChannelDialog title="Tell me another way" kinds={["email", "pagerduty"]} add={addMine} />;
}
