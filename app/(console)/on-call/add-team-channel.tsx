"use client";
import { channelKinds } from "@/lib/core/notice/kinds";
import { ChannelDialog } from "../channel-dialog";
import { addChannel } from "./actions";

/** Adds a way in which a team is told. */
export function AddTeamChannel({ teamId }: { readonly teamId: string }) {
  return (
    <ChannelDialog
      title="Tell the team another way"
      kinds={channelKinds}
      add={(channel) => addChannel({ teamId, ...channel })}
    />
  );
}
