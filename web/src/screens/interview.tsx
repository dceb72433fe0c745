/** S4: one question a page, the one that tells most; an alarming answer leads to the referral at once. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, Problem } from "../api/client";
import type { Question, Referral } from "../api/types";
import { failed, useAsked } from "../parts/asked";
import { Ask } from "../parts/question";
import { Shell } from "../parts/shell";
import { Empty, When, Wrong } from "../parts/states";
import { go } from "../router";
import { say } from "../texts";

interface Standing {
  next: Question | null;
  left: number;
}

const STOPS = new Set(["emergency", "same_day"]);

/** Ask until nothing left can change the advice. */
export function Interview(): JSX.Element {
  const [asked, again] = useAsked<Standing>("/question");
  const [told, setTold] = useState<Standing | null>(null);
  const [wrong, setWrong] = useState<Problem | null>(null);
  const [chosen, setChosen] = useState<{ id: string; state: string } | null>(null);
  const [busy, setBusy] = useState(false);

  const step = async (path: string, body: unknown) => {
    setBusy(true);
    setWrong(null);
    try {
      const standing = await ask<Standing>(path, { method: "POST", body });
      const { referral } = await ask<{ referral: Referral | null }>("/referral");
      if (referral && STOPS.has(referral.level)) go("/hip/referral");
      else if (standing.next === null) go("/hip/answers");
      else setTold(standing);
    } catch (error) {
      const seen = failed(error);
      setWrong(seen.state === "wrong" ? seen.problem : new Problem(0, "", say("state.offline_title"), "", ""));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Shell title={say("interview.title")} bare>
      <When asked={asked} again={again}>
        {(first) => {
          const { next, left } = told ?? first;
          if (next === null)
            return (
              <Empty title={say("interview.done_title")} why={say("interview.done_why")}>
                <a class="button main-act" href="/hip/result">
                  {say("hip.result")}
                </a>
              </Empty>
            );
          return (
            <section class="card" key={next.id}>
              {left > 0 && <p class="quiet small">{say("interview.left", { count: left })}</p>}
              <h2>{next.question}</h2>
              <Ask
                question={next}
                hideLegend
                value={chosen?.id === next.id ? chosen.state : null}
                onAnswer={(state) => setChosen({ id: next.id, state })}
              />
              <button
                type="button"
                class="button main-act wide"
                disabled={busy || chosen?.id !== next.id}
                onClick={() => chosen && void step("/answers", { states: { [chosen.id]: chosen.state } })}
              >
                {say("act.go_on")}
              </button>
            </section>
          );
        }}
      </When>
      {wrong && <Wrong problem={wrong} />}
      <div class="row apart">
        <button type="button" class="button plain" disabled={busy} onClick={() => void step("/answers/back", {})}>
          {say("act.back")}
        </button>
        <a class="button plain" href="/hip/result">
          {say("interview.stop")}
        </a>
      </div>
    </Shell>
  );
}
