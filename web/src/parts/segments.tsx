/** One of a few short answers, side by side in a row with its name. Radio buttons underneath. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { type Option, Radio } from "./choices";

interface Props {
  name: string;
  why?: string;
  options: Option[];
  value: string | null;
  onChoose: (value: string) => void;
}

/** Show NAME and its OPTIONS in a row. */
export function Segments({ name, why, ...rest }: Props): JSX.Element {
  const id = useId();
  return (
    <div class="setting" role="radiogroup" aria-labelledby={`${id}-name`}>
      <span class="setting-name">
        <strong id={`${id}-name`}>{name}</strong>
        {why && <span class="quiet small">{why}</span>}
      </span>
      <Row {...rest} />
    </div>
  );
}

/** The same below its name, as a question of a form. */
export function SegmentChoice({ name, ...rest }: Omit<Props, "why">): JSX.Element {
  return (
    <fieldset>
      <legend>{name}</legend>
      <Row {...rest} />
    </fieldset>
  );
}

function Row({ options, value, onChoose }: Pick<Props, "options" | "value" | "onChoose">): JSX.Element {
  const name = useId();
  return (
    <span class="segments">
      {options.map((option) => (
        <Radio key={option.value} look="segment" {...{ name, option, value, onChoose }} />
      ))}
    </span>
  );
}
