import { z } from "zod";
import type { SecretField } from "@/lib/connectors/connector";
import { connectors } from "@/lib/connectors/registry";
import { query } from "@/lib/services/query";
import { type SettingField, settingFields } from "./setting-fields";

/** A secret as a form asks for it; never its value. */
export type SourceSecretField = SecretField;

export type SourceKind = {
  readonly kind: string;
  readonly title: string;
  readonly description: string;
  readonly fields: readonly SettingField[];
  readonly secrets: readonly SecretField[];
  readonly canBeTested: boolean;
};

/** Every kind of source that can be added, with what its form asks for. @throws AppError forbidden */
export const listSourceKinds = query({
  permission: "source.read",
  input: z.object({}),
  run: async (): Promise<readonly SourceKind[]> =>
    connectors.map(({ kind, title, description, secrets, config, probe }) => ({
      kind,
      title,
      description,
      secrets,
      fields: settingFields(config),
      canBeTested: probe !== undefined,
    })),
  disclosesPhi: false,
});
