import { z } from "zod";

/* What Orthanc sends (1.10.1 and later as tried); fields that are not read are not named. */

export const changesSchema = z.object({
  Changes: z.array(
    z.object({
      Seq: z.int().min(0),
      ChangeType: z.string(),
      ResourceType: z.string().optional(),
      ID: z.string(),
      Date: z.string(),
    }),
  ),
  Done: z.boolean(),
  Last: z.int().min(0),
});
export type Change = z.infer<typeof changesSchema>["Changes"][number];

const tags = z.record(z.string(), z.unknown());

export const studySchema = z.object({
  ID: z.string(),
  IsStable: z.boolean().optional(),
  LastUpdate: z.string().optional(),
  MainDicomTags: tags,
  PatientMainDicomTags: tags.default({}),
});

export const seriesSchema = z.array(
  z.object({ Instances: z.array(z.unknown()).optional(), MainDicomTags: tags }),
);

/** Sizes are texts, because they outgrow 32 bits. */
const digits = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number);

export const studyStatisticsSchema = z.object({
  CountInstances: z.int().min(0),
  CountSeries: z.int().min(0),
  DiskSize: digits.optional(),
});

export const systemSchema = z.object({
  Version: z.string().min(1).max(64),
  Name: z.string().optional(),
  DicomAet: z.string().optional(),
  ApiVersion: z.number().optional(),
});

export const statisticsSchema = z.object({
  CountPatients: z.int().min(0),
  CountStudies: z.int().min(0),
  CountSeries: z.int().min(0),
  CountInstances: z.int().min(0),
  TotalDiskSize: digits,
});

/** `ErrorDetails` and `Content` may name patients; they go nowhere but into sealed attributes. */
export const jobSchema = z.object({
  ID: z.string().min(1).max(64),
  Type: z.string().min(1).max(64),
  State: z.string(),
  CompletionTime: z.string().optional(),
  ErrorCode: z.number().optional(),
  ErrorDescription: z.string().optional(),
  ErrorDetails: z.string().optional(),
  EffectiveRuntime: z.number().optional(),
  Content: z.record(z.string(), z.unknown()).default({}),
});
export type Job = z.infer<typeof jobSchema>;

/** Orthanc's instants: `20260310T083000`, with or without a fraction, in UTC. Undefined for anything else. */
export function instantOfText(text: string | undefined): Date | undefined {
  const [, year, month, day, hour, minute, second, fraction = ""] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(?:\.(\d{1,6}))?$/.exec(text ?? "") ?? [];
  if (year === undefined) return undefined;
  const ms = fraction.padEnd(3, "0").slice(0, 3);
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
