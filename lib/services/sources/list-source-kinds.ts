import { z } from "zod";
import type { SecretField } from "@/lib/connectors/connector";
import { connectors } from "@/lib/connectors/registry";
import { query } from "@/lib/services/query";

/** One setting as a form asks for it, drawn from the connector's schema. */
export type SettingField = {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly isRequired: boolean;
  readonly choices: readonly string[];
  readonly fallback: string;
};

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
      fields: fieldsOf(config),
      canBeTested: probe !== undefined,
    })),
  disclosesPhi: false,
});

const objectSchema = z.object({
  properties: z.record(
    z.string(),
    z.object({
      title: z.string().optional(),
      description: z.string().optional(),
      enum: z.array(z.string()).optional(),
      default: z.union([z.string(), z.number(), z.boolean()]).optional(),
    }),
  ),
  required: z.array(z.string()).default([]),
});

function fieldsOf(config: z.ZodType): readonly SettingField[] {
  const schema = objectSchema.parse(z.toJSONSchema(config, { io: "input", unrepresentable: "any" }));
  return Object.entries(schema.properties).map(([name, property]) => ({
    name,
    title: property.title ?? name,
    description: property.description ?? "",
    isRequired: schema.required.includes(name),
    choices: property.enum ?? [],
    fallback: String(property.default ?? ""),
  }));
}
