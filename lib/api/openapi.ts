import { z } from "zod";
import type { Handler } from "@/lib/api/handler";
import { problemSpecs } from "@/lib/api/problem";
import { problemSchema, pushAnswerSchema } from "@/lib/core/api/schema";
import {
  orderFactSchema,
  patientFactSchema,
  procedureStepFactSchema,
  reportFactSchema,
  studyFactSchema,
  worklistFactSchema,
} from "@/lib/core/clinical/schema";
import type { ErrorCode } from "@/lib/core/errors";
import { healthSchema } from "@/lib/core/health/schema";
import { MAX_PUSH_ITEMS } from "@/lib/core/message/push-body";
import {
  auditEventSchema,
  changeSchema,
  deliverySchema,
  interfaceSeenSchema,
  sampleSchema,
} from "@/lib/core/message/schema";
import { itemExamples } from "./openapi-examples";
import { fhirPaths } from "./openapi-fhir";

/** GET /api/v1/openapi.json: what this release takes and answers, generated from the schemas it checks with. */
export const handleOpenApi: Handler = async () =>
  Response.json(openApiDocument(), { headers: { "Content-Type": "application/openapi+json" } });

/** The items of a push, by the name they have in the document. */
export const itemSchemas = {
  Delivery: deliverySchema,
  Gauge: sampleSchema,
  AuditEvent: auditEventSchema,
  Interface: interfaceSeenSchema,
  Change: changeSchema,
  Patient: patientFactSchema,
  Order: orderFactSchema,
  WorklistEntry: worklistFactSchema,
  ProcedureStep: procedureStepFactSchema,
  Study: studyFactSchema,
  Report: reportFactSchema,
} as const;

/** OpenAPI 3.1. Built anew for each call: callers may change it. */
export function openApiDocument() {
  return {
    openapi: "3.1.1",
    info: {
      title: "Signalbox ingest API",
      version: "1",
      summary: "Push message outcomes, gauges and audit events.",
      description: ABOUT,
    },
    paths: {
      "/api/v1/ingest": { post: ingestOperation() },
      ...fhirPaths(),
      "/api/health": { get: healthOperation() },
    },
    components: {
      securitySchemes: {
        sourceToken: {
          type: "http",
          scheme: "bearer",
          description: "A token of one source, made on its page.",
        },
      },
      schemas: {
        ...Object.fromEntries(Object.entries(itemSchemas).map(([name, schema]) => [name, input(schema)])),
        Item: {
          oneOf: Object.keys(itemSchemas).map((name) => ref(name)),
          discriminator: {
            propertyName: "kind",
            mapping: Object.fromEntries(
              Object.entries(itemSchemas).map(([name, schema]) => [
                schema.shape.kind.value,
                `#/components/schemas/${name}`,
              ]),
            ),
          },
        },
        PushAnswer: input(pushAnswerSchema),
        Problem: input(problemSchema),
        Health: input(healthSchema),
      },
    },
  };
}

const ABOUT = `One request is one batch; every item has its own result. An answer 200 or 207 means that what it says is committed.
The identity of a delivery is (interface, leg, messageId, receivedAt): a re-send must repeat all four exactly. The same
observation again is a duplicate, a higher observedSeq updates, the same observedSeq with another content is a conflict and
kept as a dead letter. After no answer, 429 or 503, send the same batch again: nothing is counted twice.`;

function ingestOperation() {
  const body = { type: "array", maxItems: MAX_PUSH_ITEMS, items: ref("Item") };
  return {
    operationId: "pushItems",
    summary: `Push up to ${MAX_PUSH_ITEMS} items.`,
    security: [{ sourceToken: ["signalbox/ingest.write"] }],
    requestBody: {
      required: true,
      content: {
        "application/json": {
          schema: { oneOf: [body, { type: "object", required: ["items"], properties: { items: body } }] },
          example: Object.values(itemExamples),
        },
        "application/x-ndjson": {
          schema: { type: "string", description: "One item a line; empty lines are skipped." },
          example: Object.values(itemExamples)
            .map((item) => JSON.stringify(item))
            .join("\n"),
        },
      },
    },
    responses: {
      "200": answer("Every item is stored or was known.", "PushAnswer"),
      "207": answer("Some items were kept as dead letters; each says which.", "PushAnswer"),
      ...problems([
        "bad_request",
        "unauthenticated",
        "forbidden",
        "too_large",
        "unsupported_media_type",
        "rate_limited",
        "overloaded",
        "internal",
      ]),
    },
  };
}

function healthOperation() {
  return {
    operationId: "readHealth",
    summary: "How the product itself fares.",
    responses: {
      "200": answer("It does its work (ok or degraded).", "Health"),
      "503": answer("It does not.", "Health"),
    },
  };
}

function problems(codes: readonly ErrorCode[]) {
  return Object.fromEntries(
    codes.map((code) => {
      const { status, title, retryAfterS } = problemSpecs[code];
      const wait = { "Retry-After": { description: "Seconds to wait.", schema: { type: "integer" } } };
      return [
        String(status),
        {
          description: `${title}.`,
          ...(retryAfterS === undefined ? {} : { headers: wait }),
          content: { "application/problem+json": { schema: ref("Problem") } },
        },
      ];
    }),
  );
}

function answer(description: string, schema: string) {
  return { description, content: { "application/json": { schema: ref(schema) } } };
}

function ref(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

function input(schema: z.ZodType) {
  // Instants are transforms, of which zod knows only what their metadata says.
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return rest;
}
