"use server";
import { action } from "@/lib/http/action";
import { readExamValues } from "@/lib/services/journeys/read-exam-values";
import { showExam } from "@/lib/services/journeys/show-exam";

export async function askForExam(input: unknown) {
  return action(showExam)(input);
}
export async function fetchExam(input: unknown) {
  return action(readExamValues)(input);
}
