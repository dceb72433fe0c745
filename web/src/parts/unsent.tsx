/** What the runner said without a network and Python did not take: shown until the runner has chosen. */
import type { JSX } from "preact";
import { insist, type Letter, NEWER, settle, waiting } from "../offline/outbox";
import { moment, say } from "../texts";

/** Show each letter that was refused, why, and what can be done. */
export function Unsent(): JSX.Element | null {
  const refused = waiting.value.filter((letter) => letter.refused);
  if (refused.length === 0) return null;
  return (
    <>
      {refused.map((letter) => (
        <Refused key={letter.key} letter={letter} />
      ))}
    </>
  );
}

function Refused({ letter }: { letter: Letter }): JSX.Element {
  const newer = letter.problem === NEWER;
  return (
    <section class="card soft" aria-label={say("unsent.title")}>
      <h2>{say("unsent.title")}</h2>
      <p>{say("unsent.said", { time: moment(letter.at) })}</p>
      <p>{letter.refused}</p>
      {newer && typeof letter.conflict?.at === "string" && (
        <p>{say("unsent.newer", { time: moment(letter.conflict.at) })}</p>
      )}
      <div class="row">
        <button type="button" class="button" onClick={() => void insist(letter)}>
          {say(newer ? "unsent.send" : "act.try_again")}
        </button>
        <button type="button" class="button" onClick={() => void settle(letter)}>
          {say(newer ? "unsent.leave" : "unsent.drop")}
        </button>
      </div>
    </section>
  );
}
