"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button, LinkButton } from "@/components/ui/button";
import type { FactorChoice } from "@/lib/auth/current-second-factor";
import { StepUpDialog } from "./step-up-dialog";

/** Across every page of an administrator whose powers wait for a passkey: the way to them. */
export function PasskeyBanner({ choice }: { readonly choice: FactorChoice }) {
  const router = useRouter();
  const [isAsking, setIsAsking] = useState(false);
  const end = (isProved: boolean) => {
    setIsAsking(false);
    if (isProved) router.refresh();
  };
  return (
    <Banner
      tone="warning"
      actions={
        choice.hasPasskey ? (
          <Button onClick={() => setIsAsking(true)}>Use a passkey</Button>
        ) : (
          <LinkButton href="/account">Add a passkey</LinkButton>
        )
      }
    >
      Your powers as an administrator wait for a passkey or security key.
      {isAsking ? <StepUpDialog choice={choice} isPasskeyAsked onEnd={end} /> : null}
    </Banner>
  );
}
