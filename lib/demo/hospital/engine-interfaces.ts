import type { HospitalInterface } from "./hospital-interface";
import { officeInterfaces } from "./office-interfaces";
import { orderInterfaces } from "./order-interfaces";
import { resultInterfaces } from "./result-interfaces";

/** Feeds that pass the interface engine. */
export const engineInterfaces: readonly HospitalInterface[] = [
  ...orderInterfaces,
  ...resultInterfaces,
  ...officeInterfaces,
];
