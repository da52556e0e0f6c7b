import { readSetting } from "@/lib/db/settings";

/** Whether everything that sends is held after a restore, until a person releases it. */
export async function isSendingHeld(): Promise<boolean> {
  return (await readSetting("sendingHold")) !== undefined;
}
