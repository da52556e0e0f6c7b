"use client";
import type { FactorChoice } from "@/lib/auth/current-second-factor";
import { unlockTo } from "../unlock";
import { UnlockForm } from "../unlock-form";

type UnlockToFormProps = { readonly choice: FactorChoice; readonly next: string };

/** Unlocks and leads on to `next`, a path of this product. */
export function UnlockToForm({ choice, next }: UnlockToFormProps) {
  return <UnlockForm choice={choice} unlock={(given) => unlockTo(given, next)} />;
}
