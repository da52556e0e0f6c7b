"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { TimeLeft } from "@/components/disclosure/time-left";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { endEmergency } from "./admin/break-glass/actions";

/** Across every page while emergency access runs: how long still, and the way to end it now. */
export function BreakGlassBanner({ remainingMs }: { readonly remainingMs: number }) {
  const router = useRouter();
  const [problem, setProblem] = useState("");
  const end = async () => {
    const answer = await endEmergency();
    setProblem(answer.ok ? "" : answer.message);
    router.refresh();
  };
  return (
    <Banner
      tone="critical"
      actions={
        <Button look="danger" onClick={() => void end()}>
          End now
        </Button>
      }
    >
      <strong>Emergency access.</strong> Every department's messages are open to you; what you open is
      reviewed. Ends in <TimeLeft remainingMs={remainingMs} onOver={() => router.refresh()} />. {problem}
    </Banner>
  );
}
