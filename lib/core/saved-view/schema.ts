import { z } from "zod";

/** Lists whose filters can be kept under a name. */
export const savablePages = [
  "/messages",
  "/messages/tail",
  "/failures",
  "/incidents",
  "/interfaces",
  "/journeys",
] as const;
export type SavablePage = (typeof savablePages)[number];

/** The filters of a list as they stand in the address, under a name of their owner's. A name that is kept is replaced. */
export const newViewSchema = z.object({
  page: z.enum(savablePages),
  name: z.string().trim().min(1).max(60),
  query: z.string().max(1000).transform(withoutPlace),
});

export const viewsOfSchema = z.object({ page: z.enum(savablePages) });
export const viewRefSchema = z.object({ id: z.uuid() });

/** How many views of one list a person keeps. */
export const MOST_VIEWS = 30;

/** A view is of filters, not of how far somebody had read. */
function withoutPlace(query: string): string {
  const params = new URLSearchParams(query);
  params.delete("cursor");
  return params.toString();
}
