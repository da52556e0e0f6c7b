import { randomUUID } from "node:crypto";
import type { ChannelAddress } from "@/lib/core/notice/schema";
import { noticeChannelPurpose } from "@/lib/crypto/notice-secret";
import { seal } from "@/lib/crypto/seal";
import { insertChannel, type Owner } from "@/lib/db/notice-channels";
import type { Transaction } from "@/lib/db/transaction";

/** Keeps a channel, its address sealed. Answers with its id. */
export async function newChannel(
  tx: Transaction,
  channel: Owner & {
    readonly name: string;
    readonly address: ChannelAddress;
    readonly by: string;
    readonly now: Date;
  },
): Promise<string> {
  const { address, ...rest } = channel;
  const id = randomUUID();
  const sealed = seal(JSON.stringify(address), noticeChannelPurpose(id));
  await insertChannel(tx, { ...rest, id, kind: address.kind, hint: hintOf(address), sealed });
  return id;
}

/** What may be shown: of an address that is a secret itself, the machine alone. */
function hintOf(address: ChannelAddress): string {
  return address.kind === "email" ? address.to : new URL(address.url).host;
}
