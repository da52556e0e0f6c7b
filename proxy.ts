import { type NextRequest, NextResponse } from "next/server";
import { pageHeaders, pagePolicy } from "@/lib/config/security-headers";
import { isForged } from "@/lib/http/same-origin";

/**
 * Headers of every page: a Content-Security-Policy with a nonce of its own, and no caching; the others come from our own
 * listener. Changes that another site asks for are refused. No decision about who may do what is taken here; the
 * services do that.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const policy = pagePolicy(nonce);
  if (isForged(request)) return new NextResponse(null, { status: 403, headers: pageHeaders(policy) });
  const headers = new Headers(request.headers);
  // Next reads the nonce for its own scripts from the policy on the request.
  headers.set("Content-Security-Policy", policy);
  headers.set("x-signalbox-nonce", nonce);
  // Overwritten, never trusted from outside: where to come back to after signing in.
  headers.set("x-signalbox-path", `${request.nextUrl.pathname}${request.nextUrl.search}`);
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(pageHeaders(policy))) response.headers.set(name, value);
  return response;
}

export const config = { matcher: "/((?!_next/static|_next/image|icon.svg|api/|oauth/|fhir/).*)" };
