/** S19: a question and its cited answer, or the honest word that the sources do not say. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Referral, Source } from "../api/types";
import { useAsked } from "../parts/asked";
import { ReferralCard } from "../parts/care";
import { Shell } from "../parts/shell";
import { SourceLine } from "../parts/sources";
import { When } from "../parts/states";
import { go, query } from "../router";
import { say, type TextId } from "../texts";

interface Answered {
  alarming: string[];
  mentioned: string[];
  answers: { id: string; question: string; says: string; sources: Source[]; grade_says: string }[];
  referral: Referral | null;
}

const SUGGESTED: TextId[] = ["ask.s1", "ask.s2", "ask.s3", "ask.s4", "ask.s5", "ask.s6"];

/** Ask for a question and show what the sources say. */
export function AskPage(): JSX.Element {
  const question = query.value.get("q") ?? "";
  const [text, setText] = useState(question);
  const put = (words: string) => {
    setText(words);
    go(`/more/ask?q=${encodeURIComponent(words)}`);
  };
  return (
    <Shell title={say("ask.title")}>
      {!question && <p>{say("ask.lead")}</p>}
      <form
        class="stack tight"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim().length > 1) put(text.trim());
        }}
      >
        <label class="stack tight">
          <strong>{say("ask.label")}</strong>
          <input maxLength={300} autocomplete="off" value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <button type="submit" class="button main-act">
          {say("ask.go")}
        </button>
      </form>
      {question ? (
        <Answer key={question} question={question} />
      ) : (
        <section class="stack tight">
          <h2>{say("ask.suggested")}</h2>
          <div class="choices">
            {SUGGESTED.map((id) => (
              <button key={id} type="button" class="choice" onClick={() => put(say(id))}>
                <span>{say(id)}</span>
              </button>
            ))}
          </div>
        </section>
      )}
    </Shell>
  );
}

function Answer({ question }: { question: string }): JSX.Element {
  const [asked, again] = useAsked<Answered>(`/ask?q=${encodeURIComponent(question)}`);
  return (
    <section class="stack" aria-live="polite">
      <When asked={asked} again={again}>
        {({ alarming, mentioned, answers, referral }) => (
          <>
            {referral && <ReferralCard referral={referral} />}
            {!referral && alarming.length > 0 && (
              <section class="notice wrong">
                <h2>{say("ask.alarm_title")}</h2>
                <p>{say("ask.alarm_why", { phrase: alarming.join(", ") })}</p>
                <a class="button main-act" href="/hip/check">
                  {say("hip.check")}
                </a>
              </section>
            )}
            {!referral && mentioned.length > 0 && (
              <section class="notice">
                <p>{say("ask.mentioned", { phrase: mentioned.join(", ") })}</p>
                <div class="row">
                  <a class="button" href="/hip/check">
                    {say("hip.check")}
                  </a>
                </div>
              </section>
            )}
            {!referral && alarming.length === 0 && answers.length === 0 && (
              <section class="card soft">
                <h2>{say("ask.none_title")}</h2>
                <p>{say("ask.none_why")}</p>
              </section>
            )}
            {!referral && alarming.length === 0 && answers[0] && (
              <article class="card">
                <h2>{answers[0].question}</h2>
                <Says found={answers[0]} />
              </article>
            )}
            {!referral && alarming.length === 0 && answers.length > 1 && (
              <section class="stack tight">
                <h2 class="small-title">{say("ask.others")}</h2>
                <div class="folds">
                  {answers.slice(1).map((each) => (
                    <details key={each.id} class="card">
                      <summary>{each.question}</summary>
                      <Says found={each} />
                    </details>
                  ))}
                </div>
              </section>
            )}
          </>
        )}
      </When>
    </section>
  );
}

function Says({ found }: { found: Answered["answers"][number] }): JSX.Element {
  return (
    <>
      <p>{found.says}</p>
      <details>
        <summary>{say("sources.title", { count: found.sources.length })}</summary>
        <p class="small quiet">{say("ask.grade", { grade: found.grade_says })}</p>
        <ol class="lines small">
          {found.sources.map((source) => (
            <li key={source.id}>
              <SourceLine source={source} />
            </li>
          ))}
        </ol>
      </details>
    </>
  );
}
