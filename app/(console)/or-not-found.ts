import { notFound } from "next/navigation";
import { AppError } from "@/lib/core/errors";

/** What a query answers; the page "not found" when it says so, or when the address makes no sense. */
export async function orNotFound<Result>(answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AppError && (error.code === "not_found" || error.code === "bad_request")) notFound();
    throw error;
  }
}
