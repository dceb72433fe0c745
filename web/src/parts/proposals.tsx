/** What Python proposes for the plan, each with its reason; the runner decides. */
import type { JSX } from "preact";
import { ask } from "../api/client";
import type { Change } from "../api/outlook";
import { undo } from "../state/undo";
import { dated, say } from "../texts";
import { failed } from "./asked";
import { Icon } from "./icons";
import { tell } from "./toast";

const PLACE = "proposed";

/** One line that says how many changes are proposed, and leads to them. */
export function ProposedLine({ changes }: { changes: Change[] }): JSX.Element | null {
  if (changes.length === 0) return null;
  const look = (event: Event) => {
    event.preventDefault();
    const there = document.getElementById(PLACE);
    there?.scrollIntoView({ block: "center" });
    there?.focus({ preventScroll: true });
  };
  return (
    <a class="linked proposed-line no-print" href={`#${PLACE}`} onClick={look}>
      <span>{say("plan.proposed_count", { count: changes.length })}</span>
      <Icon name="next" />
    </a>
  );
}

interface Props {
  changes: Change[];
  onSettled: () => void;
}

/** List the proposed CHANGES. */
export function Proposals({ changes, onSettled }: Props): JSX.Element | null {
  if (changes.length === 0) return null;
  const settle = async (change: Change, word: "accept" | "decline") => {
    try {
      const { event } = await ask<{ event: number }>(`/plan/changes/${encodeURIComponent(change.id)}/${word}`, {
        method: "POST",
        body: {},
      });
      tell(say(word === "accept" ? "plan.accepted" : "plan.declined"), () => void undo(event).then(onSettled));
    } catch (error) {
      const seen = failed(error);
      tell(seen.state === "wrong" ? seen.problem.what : say("state.offline_title"));
    }
    onSettled();
  };
  return (
    <section class="card proposed no-print" id={PLACE} tabIndex={-1} aria-labelledby={`${PLACE}-title`}>
      <h2 id={`${PLACE}-title`}>{say("plan.proposed")}</h2>
      <ul class="lines">
        {changes.map((change) => (
          <li key={change.id} class="stack tight">
            <p>{dated(change.reason)}</p>
            {change.locked !== null && (
              <p class="locked small">
                <Icon name="lock" />
                {say("plan.held_back", { by: change.locked })}
              </p>
            )}
            <span class="row">
              {change.locked === null && (
                <button type="button" class="button main-act" onClick={() => void settle(change, "accept")}>
                  {say("plan.accept")}
                </button>
              )}
              <button type="button" class="button" onClick={() => void settle(change, "decline")}>
                {say("plan.decline")}
              </button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
