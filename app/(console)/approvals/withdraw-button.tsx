"use client";
import { ActButton } from "../admin/act-button";
import { withdrawRequest } from "./actions";

/** Takes back what one asked for oneself. */
export function WithdrawButton({ id }: { readonly id: string }) {
  return <ActButton act={() => withdrawRequest({ id })} label="Take back" busyLabel="Taking back…" />;
}
