"use client";
import { ActButton } from "../../../admin/act-button";
import { sign } from "../actions";

/** Signs the review, after a fresh second factor. */
export function SignButton({ id }: { readonly id: string }) {
  return <ActButton look="primary" label="Sign the review" busyLabel="Signing" act={() => sign({ id })} />;
}
