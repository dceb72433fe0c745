/** S14: one exercise: how it looks, how it is done, what goes wrong, easier and harder. */
import type { JSX } from "preact";
import type { Exercise as Card } from "../api/types";
import { useAsked } from "../parts/asked";
import { Figure } from "../parts/figure";
import { Shell } from "../parts/shell";
import { When } from "../parts/states";
import { say } from "../texts";

/** Show the exercise that the address names. */
export function Exercise({ blanks }: { blanks: Record<string, string> }): JSX.Element {
  const id = blanks.id ?? "";
  const [asked, again] = useAsked<Card>(`/exercises/${id}`);
  const title = asked.state === "there" ? asked.answer.name : say("exercise.title");
  return (
    <Shell title={title}>
      <When asked={asked} again={again}>
        {(card) => (
          <>
            <Figure id={card.id} name={card.name} />
            <p class="lead">{card.dose}</p>
            {card.tempo && <p class="quiet">{say("exercise.tempo", { tempo: card.tempo })}</p>}
            <section class="card">
              <h2>{say("exercise.how")}</h2>
              <ol>
                {card.steps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
            </section>
            <Lines title={say("exercise.cues")} lines={card.cues} />
            <Lines title={say("exercise.errors")} lines={card.errors} />
            <section class="notice">
              <h3>{say("exercise.stop")}</h3>
              <p>{card.stop_when}</p>
            </section>
            <Chain easier={several(card.easier)} harder={card.harder} when={card.progress_when} />
            <p class="quiet small">
              {say("exercise.evidence", { grade: card.grade, sources: card.sources.join(", ") })}
            </p>
          </>
        )}
      </When>
    </Shell>
  );
}

function several(one: string | string[] | null): string[] {
  if (one === null) return [];
  return Array.isArray(one) ? one : [one];
}

function Lines({ title, lines }: { title: string; lines: string[] }): JSX.Element | null {
  if (lines.length === 0) return null;
  return (
    <section class="stack tight">
      <h2>{title}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

function Chain({ easier, harder, when }: { easier: string[]; harder: string[]; when: string }): JSX.Element {
  return (
    <section class="card">
      <h2>{say("exercise.chain")}</h2>
      <p>{when}</p>
      <div class="row">
        {easier.map((id) => (
          <a key={id} class="button" href={`/exercise/${id}`}>
            {say("exercise.easier")}
          </a>
        ))}
        {harder.map((id) => (
          <Harder key={id} id={id} />
        ))}
      </div>
    </section>
  );
}

function Harder({ id }: { id: string }): JSX.Element | null {
  const [asked] = useAsked<Card>(`/exercises/${id}`);
  if (asked.state !== "there") return null;
  return (
    <a class="button" href={`/exercise/${id}`}>
      {say("exercise.harder", { name: asked.answer.name })}
    </a>
  );
}
