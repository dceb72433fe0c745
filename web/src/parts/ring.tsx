/** So much of so much, as a ring; the words beside it say the same. */
import type { JSX } from "preact";
import { number, say } from "../texts";

interface Props {
  name: string;
  done: number;
  /** Null where nothing is planned: then the number stands alone. */
  planned: number | null;
}

const RADIUS = 34;
const ROUND = 2 * Math.PI * RADIUS;

/** Show how much of what was PLANNED is DONE. */
export function Ring({ name, done, planned }: Props): JSX.Element {
  const share = planned ? Math.min(1, done / planned) : 0;
  return (
    <div class="ring">
      <svg viewBox="0 0 80 80" aria-hidden="true">
        <circle class="ring-way" cx="40" cy="40" r={RADIUS} />
        {share > 0 && (
          <circle
            class="ring-done"
            cx="40"
            cy="40"
            r={RADIUS}
            stroke-dasharray={`${share * ROUND} ${ROUND}`}
            transform="rotate(-90 40 40)"
          />
        )}
      </svg>
      <p>
        <strong>{planned === null ? number(done) : say("progress.of", { done, planned })}</strong>
        <span class="small">{name}</span>
      </p>
    </div>
  );
}
