import { notFound } from "next/navigation";
import { AppError } from "@/lib/core/errors";

/** What a verb answers; "there is no such thing" becomes the page that says so. */
export async function found<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}
