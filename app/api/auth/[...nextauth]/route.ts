import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/options";
import { isForged } from "@/lib/http/same-origin";

type Context = { readonly params: Promise<{ readonly nextauth: string[] }> };

async function handle(request: NextRequest, context: Context): Promise<Response> {
  if (isForged(request)) return new Response(null, { status: 403 });
  return NextAuth(request, context, authOptions());
}

export { handle as GET, handle as POST };
