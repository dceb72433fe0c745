/** Answers: large cards, a row of scores, ticks. All of them are plain radio buttons and boxes underneath. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { say } from "../texts";
import { Icon, type IconName } from "./icons";

export interface Option {
  value: string;
  label: string;
  /** Shown quieter: "I don't know" and "I'd rather not say". */
  less?: boolean;
}

interface RadioProps {
  /** The class of the label around it. */
  look: string;
  /** What the buttons of one question have in common. */
  name: string;
  option: Option;
  value: string | null;
  onChoose: (value: string) => void;
}

/** One answer as a radio button and its words; how they look is the label's. */
export function Radio({ look, name, option, value, onChoose }: RadioProps): JSX.Element {
  return (
    <label class={look}>
      <input
        type="radio"
        name={name}
        value={option.value}
        checked={value === option.value}
        onChange={() => onChoose(option.value)}
      />
      <span>{option.label}</span>
    </label>
  );
}

interface ChoiceProps {
  legend: string;
  options: Option[];
  value: string | null;
  onChoose: (value: string) => void;
  hideLegend?: boolean;
}

/** One of several answers; the quieter ones stand side by side below the others. */
export function Choice({ legend, options, value, onChoose, hideLegend = false }: ChoiceProps): JSX.Element {
  const name = useId();
  const shown = (option: Option) => (
    <Radio key={option.value} look={option.less ? "choice less" : "choice"} {...{ name, option, value, onChoose }} />
  );
  const less = options.filter((option) => option.less);
  return (
    <fieldset>
      <legend class={hideLegend ? "said-only" : ""}>{legend}</legend>
      <div class="choices">
        {options.filter((option) => !option.less).map(shown)}
        {less.length > 0 && <div class="choices-less">{less.map(shown)}</div>}
      </div>
    </fieldset>
  );
}

interface TicksProps {
  legend: string;
  options: Option[];
  values: ReadonlySet<string>;
  onChange: (values: Set<string>) => void;
  hideLegend?: boolean;
}

/** Any of several answers. */
export function Ticks({ legend, options, values, onChange, hideLegend = false }: TicksProps): JSX.Element {
  const turn = (value: string) => {
    const now = new Set(values);
    if (!now.delete(value)) now.add(value);
    onChange(now);
  };
  return (
    <fieldset>
      <legend class={hideLegend ? "said-only" : ""}>{legend}</legend>
      <div class="choices">
        {options.map((option) => (
          <label key={option.value} class="choice">
            <input type="checkbox" checked={values.has(option.value)} onChange={() => turn(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** The highest score of pain. */
export const WORST = 10;

/** What a reader hears of a score: the ends in words, as they stand below the row. */
function inWords(score: number): string {
  if (score === 0) return say("score.none");
  return score === WORST ? say("score.worst") : String(score);
}

interface ScoreProps {
  legend: string;
  value: number | null;
  /** The score of yesterday, as a faint mark. */
  before?: number | null;
  /** A few words that tell it from the others on the same screen, and a picture. */
  title?: string;
  icon?: IconName;
  onChoose: (value: number) => void;
}

/** Pain from 0 to 10, one tap. */
export function Score({ legend, value, before = null, title, icon, onChoose }: ScoreProps): JSX.Element {
  const name = useId();
  return (
    <fieldset class="stack tight">
      <legend>
        {title && (
          <span class="legend-title">
            {icon && <Icon name={icon} />}
            {title}{" "}
          </span>
        )}
        <span class={title ? "legend-full" : ""}>{legend}</span>
      </legend>
      <div class="scores">
        {Array.from({ length: WORST + 1 }, (_, score) => (
          <label key={score} class={before === score ? "score before" : "score"}>
            <input
              type="radio"
              name={name}
              value={score}
              checked={value === score}
              aria-label={before === score ? say("score.before", { score }) : inWords(score)}
              onChange={() => onChoose(score)}
            />
            <span aria-hidden="true">{score}</span>
          </label>
        ))}
      </div>
      <div class="score-words" aria-hidden="true">
        <span>{say("score.none")}</span>
        <span>{say("score.worst")}</span>
      </div>
    </fieldset>
  );
}
