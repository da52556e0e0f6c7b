import { handleHealth } from "@/lib/api/health";
import { route } from "./route";

/** The framework-free handlers of lib/api as Next route handlers; the worker's own port serves the same ones. */
export const healthRoute = route(handleHealth);
