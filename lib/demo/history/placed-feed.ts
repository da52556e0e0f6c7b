import type { HospitalInterface } from "../hospital/hospital-interface";

/** A feed of the hospital with the ids that the database gave it. */
export type PlacedFeed = {
  readonly feed: HospitalInterface;
  readonly sourceId: number;
  /** By leg, the source first. */
  readonly legIds: readonly number[];
};
