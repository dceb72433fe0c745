/** S14: one exercise: how it looks, how it is done, what goes wrong, easier and harder. */
import type { JSX } from "preact";
import type { ExerciseCard as Card, Referral } from "../api/types";
import { useAsked } from "../parts/asked";
import { Back } from "../parts/back";
import { ReferralCard } from "../parts/care";
import { Figure } from "../parts/figure";
import { Icon } from "../parts/icons";
import { Shell } from "../parts/shell";
import { Sources } from "../parts/sources";
import { When } from "../parts/states";
import { Why } from "../parts/why";
import { say } from "../texts";

/** Show the exercise that the address names; nothing of it while somebody has to be seen first. */
export function Exercise({ blanks }: { blanks: Record<string, string> }): JSX.Element {
  const [gate, askGate] = useAsked<{ referral: Referral | null }>("/referral");
  return gate.state === "there" && gate.answer.referral === null ? (
    <Free id={blanks.id ?? ""} />
  ) : (
    <Shell title={say("exercise.not_now_title")}>
      <When asked={gate} again={askGate}>
        {({ referral }) => referral && <ReferralCard referral={referral} />}
      </When>
    </Shell>
  );
}

function Free({ id }: { id: string }): JSX.Element {
  const [asked, again] = useAsked<Card>(`/exercises/${encodeURIComponent(id)}`);
  const title = asked.state === "there" ? asked.answer.name : say("exercise.title");
  return (
    <Shell title={title} wide="two">
      <When asked={asked} again={again}>
        {(card) => (
          <>
            <Figure id={card.id} name={card.name} />
            <section class="card">
              <p class="lead">
                <strong>{card.dose_says}</strong>
              </p>
              {card.tempo && <p>{say("exercise.tempo", { tempo: card.tempo })}</p>}
              <p>{card.why}</p>
              <div class="row whys">
                <Why of={`exercise/${card.id}`}>{say("why.dose")}</Why>
              </div>
            </section>
            <section class="notice">
              <h2>{say("exercise.stop")}</h2>
              <p>{card.stop_when}</p>
            </section>
            <section class="card">
              <h2>{say("exercise.how")}</h2>
              <ol>
                {card.steps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
            </section>
            <Lines title={say("exercise.cues")} lines={card.cues} />
            <Lines
              title={say("exercise.errors")}
              lines={card.mistakes.map((each) => say("exercise.mistake", { wrong: each.wrong, right: each.right }))}
            />
            <Chain card={card} />
            <p class="quiet small">{say("ask.grade", { grade: card.grade_says })}</p>
            <Sources ids={card.sources} />
          </>
        )}
      </When>
      <Back to="/plan" />
    </Shell>
  );
}

function Lines({ title, lines }: { title: string; lines: string[] }): JSX.Element | null {
  if (lines.length === 0) return null;
  return (
    <section class="card">
      <h2>{title}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

function Chain({ card }: { card: Card }): JSX.Element {
  return (
    <section class="card">
      <h2>{say("exercise.chain")}</h2>
      <p>{card.progress_when}</p>
      {card.easier && <p>{say("exercise.easier", { how: card.easier })}</p>}
      {card.harder && <p>{say("exercise.harder_how", { how: card.harder })}</p>}
      <div>
        {card.easier_exercise && (
          <Other id={card.easier_exercise.id} says={say("exercise.easier_one", { name: card.easier_exercise.name })} />
        )}
        {card.harder_exercises.map((each) => (
          <Other key={each.id} id={each.id} says={say("exercise.harder", { name: each.name })} />
        ))}
      </div>
    </section>
  );
}

function Other({ id, says }: { id: string; says: string }): JSX.Element {
  return (
    <a class="linked" href={`/exercise/${id}`}>
      <span>{says}</span>
      <Icon name="next" />
    </a>
  );
}
