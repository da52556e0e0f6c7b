"use server";
import { action } from "@/lib/http/action";
import { readValues } from "@/lib/services/disclosure/read-values";
import { showValues } from "@/lib/services/disclosure/show-values";

export async function askForValues(input: unknown) {
  return action(showValues)(input);
}
export async function fetchValues(place: unknown) {
  return action(readValues)(place);
}
