import { noteHands } from "@/lib/auth/current-actor";
import { AppError } from "@/lib/core/errors";
import { route } from "./route";

/** POST: a person has their hands on a page. 204, or 401 when their session is over. */
export const sessionRoute = route(async (request) => {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") {
    throw new AppError("forbidden", "Only pages of this product may say so.");
  }
  await noteHands();
  return new Response(null, { status: 204 });
});
