import type { Metadata } from "next";
import { safeNext } from "@/lib/http/safe-next";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

type PageProps = { readonly searchParams: Promise<{ readonly next?: string | string[] }> };

export default async function SignInPage({ searchParams }: PageProps) {
  const { next } = await searchParams;
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-20 font-semibold">Sign in</h1>
      <SignInForm next={safeNext(typeof next === "string" ? next : undefined)} />
    </div>
  );
}
