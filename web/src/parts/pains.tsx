/** The pains that are open or over: one can be called over, and can come back. Python says whether it may. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, Problem } from "../api/client";
import type { Pain } from "../api/types";
import { undo } from "../state/undo";
import { day, say, type TextId } from "../texts";
import { answered, failed, useAsked } from "./asked";
import { Wrong } from "./states";
import { tell } from "./toast";

/** Show the pains, each with the one thing that can be said of it; ONCHANGED: what stands here must be asked anew. */
export function Pains({ onChanged }: { onChanged: () => void }): JSX.Element | null {
  const [asked, again] = useAsked<{ episodes: Pain[] }>("/episodes");
  const [wrong, setWrong] = useState<Problem | null>(null);
  const pains = (answered(asked)?.episodes ?? []).filter((each) => each.over || each.closed === null);
  if (pains.length === 0) return null;
  const renew = () => {
    again();
    onChanged();
  };
  const change = async (pain: Pain) => {
    try {
      const way = pain.over ? "back" : "end";
      const { event } = await ask<{ event: number }>(`/episodes/${pain.id}/${way}`, { method: "POST", body: {} });
      setWrong(null);
      tell(say(pain.over ? "pains.came_back" : "pains.ended"), () => void undo(event).then(renew));
      renew();
    } catch (error) {
      const seen = failed(error);
      setWrong(seen.state === "wrong" ? seen.problem : new Problem(0, "", say("state.offline_title"), "", ""));
    }
  };
  return (
    <details class="card">
      <summary>{say("pains.title")}</summary>
      <p class="small quiet">{say("pains.why")}</p>
      {wrong && <Wrong problem={wrong} />}
      <ul class="lines">
        {pains.map((pain) => (
          <li key={pain.id} class="stack tight">
            <strong>{name(pain)}</strong>
            <span class="row">
              <button type="button" class="button" onClick={() => void change(pain)}>
                {say(pain.over ? "pains.back" : "pains.over")}
              </button>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function name(pain: Pain): string {
  const side = say(`pains.side_${pain.side ?? "none"}` as TextId);
  if (pain.closed) return say("pains.closed", { side, on: day(pain.closed) });
  return say("pains.open", { side, on: day(pain.onset ?? pain.opened) });
}
