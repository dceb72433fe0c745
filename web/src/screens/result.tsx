/** S6: how urgent, what it could be and why; words first, numbers on tap. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Assessment, Cause, Reason } from "../api/types";
import { reachable } from "../offline/answers";
import { useAsked } from "../parts/asked";
import { CareCard } from "../parts/care";
import { Shell } from "../parts/shell";
import { Stale, When } from "../parts/states";
import { number, say } from "../texts";

const SHOWN = 3;
const MORE_LIKELY = 0.4;
const POSSIBLE = 0.15;
const PERCENT = 100;

/** Show the assessment. */
export function Result(): JSX.Element {
  const [asked, again] = useAsked<Assessment>("/assessment");
  return (
    <Shell title={say("result.title")}>
      <When asked={asked} again={again}>
        {(found, at) => (
          <>
            {!reachable.value && <Stale at={at} />}
            <CareCard found={found} />
            {found.second_opinion.disagreement && <p class="notice">{found.second_opinion.disagreement}</p>}
            {found.causes.length > 0 && <Causes found={found} />}
            {!found.referral && (
              <div class="row">
                <a class="button main-act" href="/plan">
                  {say("result.start_plan")}
                </a>
              </div>
            )}
            <section class="card soft">
              <h2>{say("result.not_looked_at")}</h2>
              <ul>
                {found.not_looked_at.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
              <p class="quiet small">{say("result.versions", found.versions)}</p>
            </section>
          </>
        )}
      </When>
    </Shell>
  );
}

function Causes({ found }: { found: Assessment }): JSX.Element {
  const [all, setAll] = useState(false);
  const shown = all ? found.causes : found.causes.slice(0, SHOWN);
  return (
    <section class="stack">
      <h2>{say("result.could_be")}</h2>
      <p>{say("result.no_diagnosis")}</p>
      {shown.map((cause) => (
        <CauseCard key={cause.id} cause={cause} />
      ))}
      <p class="quiet small">{say("result.something_else", { percent: percent(found.something_else) })}</p>
      {!all && found.causes.length > SHOWN && (
        <button type="button" class="button" onClick={() => setAll(true)}>
          {say("result.show_all", { count: found.causes.length })}
        </button>
      )}
    </section>
  );
}

function CauseCard({ cause }: { cause: Cause }): JSX.Element {
  return (
    <article class="card">
      <h3>{cause.name}</h3>
      <details>
        <summary>{say(inWords(cause.probability))}</summary>
        <div class="share">
          <div class="share-bar" aria-hidden="true">
            <i style={{ inlineSize: `${cause.probability * PERCENT}%` }} />
            <b
              style={{
                insetInlineStart: `${cause.low * PERCENT}%`,
                inlineSize: `${(cause.high - cause.low) * PERCENT}%`,
              }}
            />
          </div>
          <p class="small">
            {say("result.share", {
              percent: percent(cause.probability),
              low: percent(cause.low),
              high: percent(cause.high),
            })}
          </p>
        </div>
      </details>
      <Reasons title={say("result.for")} kind="for" reasons={cause.for} />
      <Reasons title={say("result.against")} kind="against" reasons={cause.against} />
    </article>
  );
}

function Reasons({ title, kind, reasons }: { title: string; kind: "for" | "against"; reasons: Reason[] }) {
  if (reasons.length === 0) return null;
  return (
    <div class="stack tight">
      <h4>{title}</h4>
      <ul class={`reasons ${kind}`}>
        {reasons.slice(0, SHOWN * 2).map((reason) => (
          <li key={reason.finding}>{reason.says}</li>
        ))}
      </ul>
    </div>
  );
}

function inWords(share: number): "result.more_likely" | "result.possible" | "result.less_likely" {
  if (share >= MORE_LIKELY) return "result.more_likely";
  return share >= POSSIBLE ? "result.possible" : "result.less_likely";
}

function percent(share: number): string {
  return number(share * PERCENT, share < 0.1 ? 1 : 0);
}
