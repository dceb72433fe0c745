/** Lengths as they are typed: what Python is told is in kilometres. Its sentences and charts come in the runner's unit. */
import { settings } from "./settings";

const MILE_KM = 1.609344;

/** Return what was typed, in the runner's units, as kilometres. */
export function toKm(typed: number): number {
  return settings.value.units === "mi" ? Math.round(typed * MILE_KM * 1000) / 1000 : typed;
}

/** Return kilometres in the runner's units, to the tenth. */
export function fromKm(km: number): number {
  return Math.round((settings.value.units === "mi" ? km / MILE_KM : km) * 10) / 10;
}
