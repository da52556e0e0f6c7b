"use server";
import { action } from "@/lib/http/action";
import { searchExams } from "@/lib/services/journeys/search-exams";

export async function search(input: unknown) {
  return action(searchExams)(input);
}
