/** S10: the check-in. Three answers, twenty seconds; more is optional. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ask, Problem } from "../api/client";
import type { Today } from "../api/types";
import { reachable } from "../offline/answers";
import { send, waiting } from "../offline/outbox";
import { verdictAhead } from "../offline/table";
import { failed, useAsked } from "../parts/asked";
import { ReferralCard } from "../parts/care";
import { type CheckInCards, WHEN } from "../parts/check-in";
import { Choice, Score, Ticks } from "../parts/choices";
import type { IconName } from "../parts/icons";
import { Shell } from "../parts/shell";
import { When, Wrong } from "../parts/states";
import { tell } from "../parts/toast";
import { AskAgain, VerdictBand } from "../parts/verdict";
import { go, path, query } from "../router";
import { begun, calm, HOURS, PAINKILLER, toldOf } from "../state/checkin";
import { undo } from "../state/undo";
import { say } from "../texts";

interface Change {
  item: string;
  reason: string;
}

type Outcome = { today: Today; changes: Change[]; offline: false } | { today: Today | null; offline: true };

const HERE = "/today/check-in";

/** How things stand, in other words: nothing that is done changes with it. */
const PICTURE = "picture";

/** Ask how the hip is, and say what that means for today. */
export function CheckIn(): JSX.Element {
  const [asked, again] = useAsked<CheckInCards>("/checkin");
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const arrived = outcome?.offline === true && waiting.value.length === 0;
  useEffect(() => {
    // Python has heard all that was said without it: its verdict of now takes the place of the one that the phone had.
    const show = (today: Today) => setOutcome({ today, changes: [], offline: false });
    if (arrived) ask<Today>("/today").then(show, () => undefined);
  }, [arrived]);
  if (outcome) return <Done outcome={outcome} />;
  return (
    <Shell title={say("checkin.title")}>
      <When asked={asked} again={again}>
        {(cards) => <Form {...cards} onDone={setOutcome} />}
      </When>
    </Shell>
  );
}

function Form({ cards, last, onDone }: CheckInCards & { onDone: (outcome: Outcome) => void }): JSX.Element {
  const [states, setStates] = useState<Record<string, string>>(() => begun(cards, query.value));
  const [ticked, setTicked] = useState<Set<string>>(new Set());
  const [wrong, setWrong] = useState<Problem | null>(null);
  const scores = cards.filter((card) => card.kind === "score");
  const ticks = cards.filter((card) => card.kind !== "score" && card.id !== HOURS);
  const more = ticks.filter((card) => card.kind !== "yes_no" && ticked.has(card.id));
  const hours = cards.find((card) => card.id === HOURS);

  const keep = async () => {
    const told = toldOf(cards, states, ticked);
    try {
      const answer = await send<{ event: number; today: Today; changes: Change[] }>("/checkin", { states: told });
      if (!answer) onDone({ today: await verdictAhead(told), offline: true });
      else {
        tell(say("checkin.kept"), () => void undo(answer.event).then(back));
        onDone({ today: answer.today, changes: answer.changes, offline: false });
      }
    } catch (error) {
      const seen = failed(error);
      if (seen.state === "wrong") setWrong(seen.problem);
    }
  };

  return (
    <form class="stack" onSubmit={(event) => event.preventDefault()}>
      {scores.map((card) => (
        <section key={card.id} class={states[card.id] === undefined ? "card" : "card answered"}>
          <Score
            {...whenOf(card.id)}
            legend={card.question}
            value={states[card.id] === undefined ? null : Number(states[card.id])}
            before={last?.states[card.id] === undefined ? null : Number(last.states[card.id])}
            onChoose={(score) => setStates({ ...states, [card.id]: String(score) })}
          />
        </section>
      ))}
      <Ticks
        legend={say("checkin.any_of_these")}
        options={ticks.map((card) => ({ value: card.id, label: card.id === PAINKILLER ? say("checkin.painkiller") : card.question }))}
        values={ticked}
        onChange={setTicked}
      />
      {[...more, ...(hours && ticked.has(PAINKILLER) ? [hours] : [])].map((card) => (
        <Choice
          key={card.id}
          legend={card.question}
          value={states[card.id] ?? null}
          onChoose={(state) => setStates({ ...states, [card.id]: state })}
          options={[
            ...card.states
              .filter((state) => state !== calm(card))
              .map((state) => ({ value: state, label: card.labels[state] ?? state })),
            { value: "unknown", label: say("answer.unknown"), less: true },
          ]}
        />
      ))}
      {wrong && <Wrong problem={wrong} />}
      <button type="button" class="button main-act wide" onClick={() => void keep()}>
        {say(ticked.size === 0 ? "checkin.none_of_these" : "act.keep")}
      </button>
    </form>
  );
}

function whenOf(id: string): { title?: string; icon?: IconName } {
  const when = WHEN[id];
  return when ? { title: say(when.title), icon: when.icon } : {};
}

/** What was said of a check-in no longer holds once it is taken back. */
function back(): void {
  if (path.value === HERE) go("/today");
}

function Done({ outcome }: { outcome: Outcome }): JSX.Element {
  const changes = outcome.offline ? [] : outcome.changes.filter((change) => change.item !== PICTURE);
  return (
    <Shell title={say("checkin.thanks")}>
      {outcome.offline && !reachable.value && <p class="notice">{say("checkin.kept_here")}</p>}
      {outcome.today?.referral ? (
        <ReferralCard referral={outcome.today.referral} />
      ) : outcome.today ? (
        <VerdictBand today={outcome.today} />
      ) : (
        <AskAgain />
      )}
      {changes.length > 0 && (
        <section class="card">
          <h2>{say("checkin.changed")}</h2>
          <ul>
            {changes.map((change) => (
              <li key={change.item}>{change.reason}</li>
            ))}
          </ul>
        </section>
      )}
      <a class="button main-act" href="/today">
        {say("tab.today")}
      </a>
    </Shell>
  );
}
