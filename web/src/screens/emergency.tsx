/** S2: the emergency check. All cards on one page; what is alarming leads straight to the referral. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, Problem } from "../api/client";
import type { Question, Referral } from "../api/types";
import { failed, useAsked } from "../parts/asked";
import { Icon } from "../parts/icons";
import { Ask } from "../parts/question";
import { Shell } from "../parts/shell";
import { Empty, When, Wrong } from "../parts/states";
import { go } from "../router";
import { say } from "../texts";

interface Card {
  id: string;
  title: string;
  questions: Question[];
}

const PLACE = "where";
const STOPS = new Set(["emergency", "same_day"]);

/** Ask what matters most first. */
export function Emergency(): JSX.Element {
  const [asked, again] = useAsked<{ cards: Card[] }>("/first-page");
  return (
    <Shell title={say("check.title")} bare wide>
      <p>{say("check.lead")}</p>
      <When asked={asked} again={again}>
        {({ cards }) => {
          const open = cards.filter((card) => card.id !== PLACE && card.questions.length > 0);
          if (open.length === 0)
            return (
              <Empty title={say("check.done_title")} why={say("check.done_why")}>
                <a class="button main-act" href="/hip/where">
                  {say("act.go_on")}
                </a>
              </Empty>
            );
          return open.map((card, place) => (
            <CheckCard key={card.id} card={card} place={place + 1} count={open.length} onKept={again} />
          ));
        }}
      </When>
      <a class="button main-act wide" href="/hip/where">
        {say("act.go_on")}
      </a>
    </Shell>
  );
}

interface CardProps {
  card: Card;
  place: number;
  count: number;
  onKept: () => void;
}

function CheckCard({ card, place, count, onKept }: CardProps): JSX.Element {
  const [states, setStates] = useState<Record<string, string>>({});
  const [wrong, setWrong] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const ticks = card.questions.filter((question) => question.kind === "yes_no");
  const others = card.questions.filter((question) => question.kind !== "yes_no");
  const anything = Object.values(states).some((state) => state === "yes");

  const keep = async (told: Record<string, string>) => {
    setBusy(true);
    try {
      await ask("/answers", { method: "POST", body: { states: told } });
      const { referral } = await ask<{ referral: Referral | null }>("/referral");
      if (referral && STOPS.has(referral.level)) go("/hip/referral");
      else onKept();
    } catch (error) {
      const seen = failed(error);
      // how urgent it is only Python says: where it is silent, nobody with a yes may wait for it
      setWrong(seen.state === "wrong" ? seen.problem : new Problem(0, "", say("state.offline_title"), say("check.offline"), ""));
    } finally {
      setBusy(false);
    }
  };
  const rest = () => Object.fromEntries(ticks.map((question) => [question.id, states[question.id] ?? "no"]));

  return (
    <section class="card" aria-labelledby={`card-${card.id}`}>
      <header class="row apart level">
        <h2 id={`card-${card.id}`}>{card.title}</h2>
        <span class="quiet small">{say("check.place", { place, count })}</span>
      </header>
      {ticks.length > 0 && (
        <fieldset>
          <legend class="said-only">{card.title}</legend>
          <div class="choices ticks">
            {ticks.map((question) => (
              <Tick
                key={question.id}
                question={question}
                value={states[question.id] ?? null}
                onTurn={(state) => setStates({ ...states, [question.id]: state })}
              />
            ))}
          </div>
        </fieldset>
      )}
      {others.map((question) => (
        <Ask
          key={question.id}
          question={question}
          value={states[question.id] ?? null}
          onAnswer={(state) => setStates({ ...states, [question.id]: state })}
        />
      ))}
      {wrong && <Wrong problem={wrong} />}
      <button
        type="button"
        class={anything ? "button main-act wide" : "button wide"}
        disabled={busy}
        onClick={() => void keep({ ...states, ...rest() })}
      >
        <Icon name="check" />
        {say(anything ? "check.that_is_it" : ticks.length ? "check.none" : "act.keep")}
      </button>
    </section>
  );
}

interface TickProps {
  question: Question;
  value: string | null;
  onTurn: (state: string) => void;
}

/** A box to tick, with "I don't know" beside it: not ticked is only "no" once "none of these" is pressed. */
function Tick({ question, value, onTurn }: TickProps): JSX.Element {
  const unknown = value === "unknown";
  return (
    <div class="tick">
      <label class="choice">
        <input type="checkbox" checked={value === "yes"} onChange={() => onTurn(value === "yes" ? "no" : "yes")} />
        <span>{question.question}</span>
      </label>
      <button
        type="button"
        class="unsure"
        aria-pressed={unknown}
        aria-label={say("check.unknown_of", { question: question.question })}
        onClick={() => onTurn(unknown ? "no" : "unknown")}
      >
        ?
      </button>
    </div>
  );
}
