"use server";
import { action } from "@/lib/http/action";
import { keepView } from "@/lib/services/saved-views/keep-view";
import { removeView } from "@/lib/services/saved-views/remove-view";

export async function keep(input: unknown) {
  return action(keepView)(input);
}
export async function remove(input: unknown) {
  return action(removeView)(input);
}
