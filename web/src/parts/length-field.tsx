/** A field for how long a race is, in the runner's unit. */
import type { JSX } from "preact";
import { fromKm } from "../state/lengths";
import { settings } from "../state/settings";
import { say } from "../texts";

const LEAST_KM = 1;
const MOST_KM = 500;

interface Props {
  typed: string;
  onType: (typed: string) => void;
  required?: boolean;
}

/** Show what is TYPED of a length, and take what is typed next. */
export function LengthField({ typed, onType, required = false }: Props): JSX.Element {
  return (
    <label class="stack tight">
      <span>{say(settings.value.units === "mi" ? "wishes.race_mi" : "wishes.race_km")}</span>
      <input
        type="number"
        inputMode="decimal"
        step="any"
        min={fromKm(LEAST_KM)}
        max={fromKm(MOST_KM)}
        required={required}
        value={typed}
        onInput={(event) => onType(event.currentTarget.value)}
      />
    </label>
  );
}
