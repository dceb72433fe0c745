/** Own words: a text becomes proposals, each with its phrase; nothing counts until it is confirmed. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, Problem } from "../api/client";
import type { Question, Referral } from "../api/types";
import { failed, useAsked } from "../parts/asked";
import { Choice } from "../parts/choices";
import { Shell } from "../parts/shell";
import { When, Wrong } from "../parts/states";
import { go } from "../router";
import { type Proposal, toConfirm, toTell } from "../state/words";
import { say } from "../texts";

interface Read {
  proposals: Proposal[];
  age: number | null;
  sex: string | null;
  not_understood: string[];
}

const STOPS = new Set(["emergency", "same_day"]);

/** Ask for a text, then for each proposal that it holds. */
export function Words(): JSX.Element {
  const [text, setText] = useState("");
  const [read, setRead] = useState<Read | null>(null);
  const [wrong, setWrong] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const look = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    try {
      setRead(await ask<Read>("/words", { method: "POST", body: { text } }));
      setWrong(null);
    } catch (error) {
      const seen = failed(error);
      setWrong(seen.state === "wrong" ? seen.problem : new Problem(0, "", say("state.offline_title"), "", ""));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Shell title={say("words.title")}>
      <p>{say("words.lead")}</p>
      <form class="stack" onSubmit={(event) => void look(event)}>
        <label class="stack tight">
          <strong>{say("words.label")}</strong>
          <textarea rows={6} maxLength={20000} value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <button type="submit" class={read ? "button" : "button main-act wide"} disabled={busy || text.trim() === ""}>
          {say(busy ? "state.waiting" : "words.read")}
        </button>
      </form>
      {wrong && <Wrong problem={wrong} />}
      {read && <Found key={JSON.stringify(read)} read={read} />}
    </Shell>
  );
}

function Found({ read }: { read: Read }): JSX.Element {
  const [asked, again] = useAsked<{ entries: Question[] }>("/findings");
  return (
    <section class="stack" aria-live="polite">
      <h2>{say("words.found", { count: read.proposals.length })}</h2>
      {read.proposals.length === 0 && <p>{say("words.nothing")}</p>}
      <When asked={asked} again={again}>
        {({ entries }) => <Confirm read={read} questions={new Map(entries.map((each) => [each.id, each]))} />}
      </When>
      {read.not_understood.length > 0 && (
        <details class="card">
          <summary>{say("words.not_understood")}</summary>
          <ul>
            {read.not_understood.map((part) => (
              <li key={part}>{part}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Confirm({ read, questions }: { read: Read; questions: Map<string, Question> }): JSX.Element {
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const [wrong, setWrong] = useState<Problem | null>(null);
  const { alarming, others } = toConfirm(read.proposals);
  const open = alarming.find((each) => chosen[each.finding] === undefined);
  const shown = open ? alarming.slice(0, alarming.indexOf(open) + 1) : [...alarming, ...others];
  const keep = async () => {
    try {
      await ask("/answers", { method: "POST", body: { states: toTell(read.proposals, chosen), own_words: true } });
      const { referral } = await ask<{ referral: Referral | null }>("/referral");
      go(referral && STOPS.has(referral.level) ? "/hip/referral" : "/hip/check");
    } catch (error) {
      const seen = failed(error);
      setWrong(seen.state === "wrong" ? seen.problem : new Problem(0, "", say("state.offline_title"), "", ""));
    }
  };
  return (
    <>
      {shown.map((proposal) => {
        const question = questions.get(proposal.finding);
        if (!question) return null;
        return (
          <section key={proposal.finding} class={proposal.alarming ? "card alarming" : "card"}>
            <blockquote>{proposal.phrase}</blockquote>
            <Choice
              legend={question.question}
              value={chosen[proposal.finding] ?? (proposal.alarming ? null : proposal.state)}
              onChoose={(state) => setChosen({ ...chosen, [proposal.finding]: state })}
              options={[
                ...question.states.map((state) => ({ value: state, label: question.labels[state] ?? state })),
                { value: "unknown", label: say("answer.unknown"), less: true },
                { value: "leave", label: say("words.leave"), less: true },
              ]}
            />
          </section>
        );
      })}
      {wrong && <Wrong problem={wrong} />}
      {!open && read.proposals.length > 0 && (
        <button type="button" class="button main-act wide" onClick={() => void keep()}>
          {say("words.keep")}
        </button>
      )}
    </>
  );
}
