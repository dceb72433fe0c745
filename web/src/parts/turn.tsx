/** Leaf through weeks or months. */
import type { JSX } from "preact";
import { say } from "../texts";
import { Icon } from "./icons";

interface TurnProps {
  title: string;
  before: (() => void) | null;
  next: (() => void) | null;
}

/** What is shown, between a way back and a way on. */
export function Turn({ title, before, next }: TurnProps): JSX.Element {
  return (
    <div class="row apart turn">
      <button type="button" class="icon-button" aria-label={say("plan.earlier")} disabled={!before} onClick={() => before?.()}>
        <Icon name="back" />
      </button>
      <strong aria-live="polite">{title}</strong>
      <button type="button" class="icon-button" aria-label={say("plan.later")} disabled={!next} onClick={() => next?.()}>
        <Icon name="next" />
      </button>
    </div>
  );
}
