"use server";
import { action } from "@/lib/http/action";
import { updateInterface } from "@/lib/services/interfaces/update-interface";

export async function saveDetails(input: unknown) {
  return action(updateInterface)(input);
}
