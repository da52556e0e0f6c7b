"use server";
import { action } from "@/lib/http/action";
import { searchMessages } from "@/lib/services/messages/search-messages";

export async function search(input: unknown) {
  return action(searchMessages)(input);
}
