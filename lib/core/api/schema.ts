import { z } from "zod";
import { errorCodes } from "@/lib/core/errors";
import { itemStatuses } from "@/lib/core/message/item-status";
import { rejectReasons } from "@/lib/core/message/schema";

/** What the API answers, in the words of the code that makes it; the OpenAPI document is generated from these. */

export const itemResultSchema = z
  .object({
    /** Place of the item in the body, from 0. */
    index: z.int().min(0),
    status: z.enum(itemStatuses),
    reason: z.enum(rejectReasons).optional(),
    detail: z.string().optional(),
    deadLetterId: z.string().optional(),
  })
  .meta({ title: "What became of one item" });

export const pushAnswerSchema = z
  .object({
    /** How many items ended how; states without an item are left out. */
    counts: z.partialRecord(z.enum(itemStatuses), z.int()),
    items: z.array(itemResultSchema),
  })
  .meta({ title: "What became of a batch" });

/** RFC 9457, with the facts of the refusal beside the standard members. */
export const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.enum(errorCodes),
    requestId: z.string(),
  })
  .meta({ title: "Problem" });
