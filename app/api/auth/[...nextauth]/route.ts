import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { currentSession } from "@/lib/auth/current-actor";
import { authOptions } from "@/lib/auth/options";
import { isForged } from "@/lib/http/same-origin";

type Context = { readonly params: Promise<{ readonly nextauth: string[] }> };

async function handle(request: NextRequest, context: Context): Promise<Response> {
  if (isForged(request)) return new Response(null, { status: 403 });
  const { headers } = request;
  const visitor = {
    address: headers.get("x-forwarded-for") ?? undefined,
    userAgent: headers.get("user-agent") ?? undefined,
    before: currentSession,
    cookie: (name: string) => request.cookies.get(name)?.value,
  };
  return NextAuth(request, context, authOptions(visitor));
}

export { handle as GET, handle as POST };
