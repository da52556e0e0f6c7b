import { findConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/errors";
import { switchReplaySchema } from "@/lib/core/replay/schema";
import { putSetting } from "@/lib/db/settings";
import { findSourceRow, listSourceSecrets } from "@/lib/db/sources";
import { command } from "@/lib/services/command";
import { switchKey } from "./replay-switch";

/**
 * Lets failed messages of one source be sent again, or ends it: runs that are underway then stop by themselves. Off until
 * then. Input: { id, isOn }.
 * @throws AppError forbidden | bad_request | step_up_required | not_found | conflict while it has no account for it
 */
export const switchReplay = command({
  permission: "source.write",
  input: switchReplaySchema,
  stepUp: true,
  run: async ({ tx, input: { id, isOn }, now }) => {
    const source = await findSourceRow(id);
    if (source === undefined) throw new AppError("not_found", "There is no such source.");
    const replay = findConnector(source.kind)?.replay;
    const names = (await listSourceSecrets(id)).map(({ name }) => name);
    if (isOn && replay?.isReady(source.config, names) !== true) {
      throw new AppError("conflict", "Enter the account for sending again first, with its password.");
    }
    await putSetting(tx, { key: switchKey(id), value: isOn, now });
  },
  audit: ({ input: { id, isOn } }) => ({
    action: "U",
    entityType: "source",
    entityId: String(id),
    detail: { replay: isOn },
  }),
});
