/** S6: how urgent, what it could be and why; words first, numbers on tap. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Assessment, Cause, Reason, TurningPoint } from "../api/types";
import { reachable } from "../offline/answers";
import { useAsked } from "../parts/asked";
import { CareCard } from "../parts/care";
import { Shell } from "../parts/shell";
import { Stale, When } from "../parts/states";
import { Why } from "../parts/why";
import { number, say } from "../texts";

const SHOWN = 3;
const MOST_REASONS = 6;
const PERCENT = 100;

/** Show the assessment. */
export function Result(): JSX.Element {
  const [asked, again] = useAsked<Assessment>(`/assessment?reasons=${MOST_REASONS}`);
  return (
    <Shell title={say("result.title")}>
      <When asked={asked} again={again}>
        {(found, at) => (
          <>
            {!reachable.value && <Stale at={at} />}
            <div class="result-parts">
              <div class="stack result-care">
                <CareCard found={found} />
                {found.second_opinion.disagreement && <p class="notice">{found.second_opinion.disagreement}</p>}
              </div>
              {found.causes.length > 0 && <Causes found={found} />}
              <div class="stack result-rest">
                {found.causes.length > 0 && !found.referral && <TurningPoints />}
                {!found.referral && (
                  <a class="button main-act" href="/plan">
                    {say("result.start_plan")}
                  </a>
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
              </div>
            </div>
          </>
        )}
      </When>
    </Shell>
  );
}

function Causes({ found }: { found: Assessment }): JSX.Element {
  const [all, setAll] = useState(false);
  const [first, ...others] = all ? found.causes : found.causes.slice(0, SHOWN);
  return (
    <section class="stack result-causes">
      <h2>{say("result.could_be")}</h2>
      <p>{say("result.no_diagnosis")}</p>
      {first && (
        <article class="card">
          <h3>{first.name}</h3>
          <CauseBody cause={first} />
        </article>
      )}
      {others.map((cause) => (
        <FoldedCause key={cause.id} cause={cause} />
      ))}
      <div class="row whys">
        <Why of="cause/something_else">{say("result.something_else", { percent: percent(found.something_else) })}</Why>
      </div>
      {!all && found.causes.length > SHOWN && (
        <button type="button" class="button" onClick={() => setAll(true)}>
          {say("result.show_all", { count: found.causes.length })}
        </button>
      )}
    </section>
  );
}

/** What would change the picture; asked for on tap, because it takes Python a moment. */
function TurningPoints(): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <details class="card" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say("result.turning")}</summary>
      {open && <Points />}
    </details>
  );
}

function Points(): JSX.Element {
  const [asked, again] = useAsked<{ points: TurningPoint[] }>("/assessment/turning-points");
  const [all, setAll] = useState(false);
  return (
    <When asked={asked} again={again}>
      {({ points }) => (
        <div class="stack tight">
          <p>{say(points.length > 0 ? "result.turning_why" : "result.turning_none")}</p>
          <ul class="lines">
            {(all ? points : points.slice(0, SHOWN * 2)).map((point) => (
              <li key={point.finding + point.then}>
                <p class="quiet small">{say("result.turning_now", { question: point.question, answer: point.answer })}</p>
                <p>
                  {say("result.turning_if", { answer: point.answer_then })}{" "}
                  <strong>{point.changes === "level" ? point.level_says : say("result.turning_top", { cause: point.top_says })}</strong>
                </p>
              </li>
            ))}
          </ul>
          {!all && points.length > SHOWN * 2 && (
            <button type="button" class="button" onClick={() => setAll(true)}>
              {say("result.show_all", { count: points.length })}
            </button>
          )}
        </div>
      )}
    </When>
  );
}

/** A cause by its name and its strongest reason; what else there is of it is made when somebody looks. */
function FoldedCause({ cause }: { cause: Cause }): JSX.Element {
  const [open, setOpen] = useState(false);
  const best = cause.for[0];
  return (
    <details class="card cause" onToggle={(event) => event.target === event.currentTarget && setOpen(event.currentTarget.open)}>
      <summary>
        <span class="stack tight">
          <span>{cause.name}</span>
          {best && !open && <span class="cause-best quiet small">{say("result.most_for", { reason: best.says })}</span>}
        </span>
      </summary>
      {open && <CauseBody cause={cause} />}
    </details>
  );
}

function CauseBody({ cause }: { cause: Cause }): JSX.Element {
  return (
    <>
      <details>
        <summary>{cause.likelihood_says}</summary>
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
          <div class="row whys">
            <Why of={`cause/${cause.id}`}>{say("why.probability")}</Why>
          </div>
        </div>
      </details>
      <Reasons title={say("result.for")} kind="for" reasons={cause.for} />
      <Reasons title={say("result.against")} kind="against" reasons={cause.against} />
    </>
  );
}

function Reasons({ title, kind, reasons }: { title: string; kind: "for" | "against"; reasons: Reason[] }) {
  if (reasons.length === 0) return null;
  const more = reasons.slice(SHOWN, MOST_REASONS);
  return (
    <div class="stack tight">
      <h4>{title}</h4>
      <Lines kind={kind} reasons={reasons.slice(0, SHOWN)} />
      {more.length > 0 && (
        <details class="reasons-more">
          <summary>{say("result.reasons_more", { count: more.length })}</summary>
          <Lines kind={kind} reasons={more} />
        </details>
      )}
    </div>
  );
}

function Lines({ kind, reasons }: { kind: "for" | "against"; reasons: Reason[] }): JSX.Element {
  return (
    <ul class={`reasons ${kind}`}>
      {reasons.map((reason) => (
        <li key={reason.finding}>{reason.says}</li>
      ))}
    </ul>
  );
}

function percent(share: number): string {
  return number(share * PERCENT, share < 0.1 ? 1 : 0);
}
