import { handleCspReport } from "@/lib/api/csp-report";
import { handleDocs } from "@/lib/api/docs-page";
import { guarded } from "@/lib/api/handler";
import { handleHealth } from "@/lib/api/health";
import { handleIngest } from "@/lib/api/ingest/handle-ingest";
import { handleToken } from "@/lib/api/oauth/handle-token";
import { handleOpenApi } from "@/lib/api/openapi";
import { route } from "./route";

/** The framework-free handlers of lib/api as Next route handlers; the worker's own port serves the same ones. */
export const healthRoute = route(handleHealth);

export const ingestRoute = route(handleIngest);

export const openApiRoute = route(handleOpenApi);

export const tokenRoute = route(handleToken);

export const docsRoute = route(handleDocs);

/** Without the question where it comes from: browsers send reports by themselves. */
export const cspReportRoute = guarded(handleCspReport);
