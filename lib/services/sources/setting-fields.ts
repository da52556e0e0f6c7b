import { z } from "zod";

/** One setting as a form asks for it, drawn from the connector's schema. */
export type SettingField = {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly isRequired: boolean;
  /** A text of several lines, by `multiline: true` in the schema's metadata. */
  readonly isMultiline: boolean;
  readonly choices: readonly string[];
  /** What the field holds at first. */
  readonly value: string;
};

/** The fields of a connector's settings; those of a saved source hold what is `saved`. */
export function settingFields(config: z.ZodType, saved: unknown = {}): readonly SettingField[] {
  const schema = objectSchema.parse(z.toJSONSchema(config, { io: "input", unrepresentable: "any" }));
  const values = savedSchema.parse(saved);
  return Object.entries(schema.properties).map(([name, property]) => ({
    name,
    title: property.title ?? name,
    description: property.description ?? "",
    isRequired: schema.required.includes(name),
    isMultiline: property.multiline,
    choices: property.enum ?? [],
    value: String(values[name] ?? property.default ?? ""),
  }));
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const objectSchema = z.object({
  properties: z.record(
    z.string(),
    z.object({
      title: z.string().optional(),
      description: z.string().optional(),
      multiline: z.boolean().default(false),
      enum: z.array(z.string()).optional(),
      default: scalar.optional(),
    }),
  ),
  required: z.array(z.string()).default([]),
});

const savedSchema = z.record(z.string(), scalar.nullable().catch(null));
