/** The way back to the page that a screen belongs to: one look on all of them. */
import type { JSX } from "preact";
import { say } from "../texts";

const NAMES = { "/plan": "plan.back", "/training": "training.back", "/training/runs": "runs.back" } as const;

/** A link to the page TO. */
export function Back({ to }: { to: keyof typeof NAMES }): JSX.Element {
  return (
    <div class="row">
      <a class="button plain" href={to}>
        {say(NAMES[to])}
      </a>
    </div>
  );
}
