import type { Metadata } from "next";
import { LinkButton } from "@/components/ui/button";
import { AdministratorForm } from "./administrator-form";

export const metadata: Metadata = { title: "Set up" };

type PageProps = { readonly searchParams: Promise<{ readonly link?: string | string[] }> };

export default async function SetupPage({ searchParams }: PageProps) {
  const { link } = await searchParams;
  if (typeof link !== "string") {
    return (
      <div className="flex flex-col items-start gap-3">
        <h1 className="text-20 font-semibold">Set-up needs its link</h1>
        <p className="text-muted">
          Signalbox prints a one-time link where it was started. Each start makes a new one, good for 24
          hours.
        </p>
        <LinkButton href="/sign-in">Sign in instead</LinkButton>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <div>
        <p className="text-12 text-muted">Step 1 of 3</p>
        <h1 className="text-20 font-semibold">Make the first administrator</h1>
      </div>
      <AdministratorForm link={link} />
    </div>
  );
}
