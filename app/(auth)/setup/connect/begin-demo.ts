"use server";
import { action } from "@/lib/http/action";
import { startDemo } from "@/lib/services/demo/start-demo";

export async function beginDemo() {
  return action(startDemo)({});
}
