/** S2: the emergency check. All cards on one page; what is alarming leads straight to the referral. */
import type { JSX, RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
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

/** Ask what matters most first: one card open, the others by their titles. */
export function Emergency(): JSX.Element {
  const [asked, again] = useAsked<{ cards: Card[] }>("/first-page");
  return (
    <Shell title={say("check.title")} bare>
      <When asked={asked} again={again}>
        {({ cards }) => <Cards cards={cards.filter((card) => card.id !== PLACE && card.questions.length > 0)} again={again} />}
      </When>
    </Shell>
  );
}

function Cards({ cards, again }: { cards: Card[]; again: () => void }): JSX.Element {
  const [chosen, setChosen] = useState<string | null>(null);
  const [count] = useState(cards.length);
  const first = useRef<HTMLElement>(null);
  const done = count - cards.length;
  useEffect(() => {
    if (done > 0) first.current?.focus(); // the card that had the focus is gone
  }, [done]);
  if (cards.length === 0)
    return (
      <Empty title={say("check.done_title")} why={say("check.done_why")}>
        <a class="button main-act" href="/hip/where">
          {say("act.go_on")}
        </a>
      </Empty>
    );
  const shown = cards.find((card) => card.id === chosen) ?? cards[0];
  return (
    <>
      <p>{say("check.lead")}</p>
      <label class="stack tight small quiet">
        {say("check.done_of", { done, count })}
        <progress class="slim" max={count} value={done} />
      </label>
      <div class="stack tight">
        {cards.map((card, place) => (
          <CheckCard
            key={card.id}
            card={card}
            open={card === shown}
            handle={place === 0 ? first : null}
            onOpen={() => setChosen(card.id)}
            onKept={again}
          />
        ))}
      </div>
      <a class="button plain" href="/hip/where">
        {say("check.leave")}
      </a>
    </>
  );
}

interface CardProps {
  card: Card;
  open: boolean;
  handle: RefObject<HTMLElement | null> | null;
  onOpen: () => void;
  onKept: () => void;
}

function CheckCard({ card, open, handle, onOpen, onKept }: CardProps): JSX.Element {
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
    <details class="card check" open={open}>
      <summary
        ref={handle}
        onClick={(event) => {
          event.preventDefault(); // one card is always open
          onOpen();
        }}
      >
        <h2>{card.title}</h2>
        <span class="quiet small">{say("check.signs", { count: card.questions.length })}</span>
      </summary>
      {open && ticks.length > 0 && (
        <fieldset disabled={busy}>
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
      {(open ? others : []).map((question) => (
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
        class="button main-act wide"
        disabled={busy}
        onClick={() => void keep({ ...states, ...rest() })}
      >
        <Icon name="check" />
        {say(anything ? "check.that_is_it" : ticks.length ? "check.none" : "act.keep")}
      </button>
    </details>
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
