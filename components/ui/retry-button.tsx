"use client";
import { RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "./button";

/** Asks the server for this page again; `retry` replaces that where the caller has its own way (error boundaries). */
export function RetryButton({ retry }: { readonly retry?: () => void }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  return (
    <Button disabled={isPending} onClick={() => startTransition(retry ?? (() => router.refresh()))}>
      <RotateCw aria-hidden />
      {isPending ? "Trying again" : "Try again"}
    </Button>
  );
}
