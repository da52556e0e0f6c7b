"use server";
import { redirect } from "next/navigation";
import { endCurrentSession } from "@/lib/auth/current-actor";

/** Ends this session at once and goes to the sign-in page. */
export async function signOut(): Promise<void> {
  await endCurrentSession();
  redirect("/sign-in");
}
