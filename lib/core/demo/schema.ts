import { z } from "zod";
import { roles } from "@/lib/core/authz/role";

/** Under this key of the settings stands what is known of the demo hospital; absent = there is no demo. */
export const demoSettingKey = "demo";

/** The demo hospital of this database. Instants are ISO texts in JSON. */
export const demoStateSchema = z.object({
  /** The same seed gives the same hospital. */
  seed: z.int().min(0).max(2_147_483_647),
  startedAt: z.iso.datetime().transform((text) => new Date(text)),
  /** Zone in which the hospital keeps its hours. */
  zone: z.string(),
  /** `history`: the past is being made; `live`: all of it is there; `removing`: everything is being deleted. */
  phase: z.enum(["history", "live", "removing"]),
  /** Parts of the past that are loaded, newest first, of how many. */
  partsDone: z.int().min(0),
  partsTotal: z.int().min(1),
});
export type DemoState = z.output<typeof demoStateSchema>;

/** The state as it is stored. */
export function demoStateJson(state: DemoState): z.input<typeof demoStateSchema> {
  return { ...state, startedAt: state.startedAt.toISOString() };
}

/** Under this key of the settings stand the systems of the estate that came with the demo. */
export const demoSystemsSettingKey = "demo-systems";

/** Under this key of the settings stands who may sign in to the demo; absent = nobody was asked for yet. */
export const demoAccountsSettingKey = "demo-accounts";

/** The accounts of the demo, one a role. Passwords are sealed, base64, with the id of their key. */
export const demoAccountsSchema = z.array(
  z.object({
    userId: z.uuid(),
    role: z.enum(roles),
    password: z.object({ keyId: z.string(), bytes: z.base64() }),
  }),
);
export type DemoAccount = z.output<typeof demoAccountsSchema>[number];
