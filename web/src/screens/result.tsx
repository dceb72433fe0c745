/** S6: how urgent, what it could be and why; words first, numbers on tap. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Assessment, Cause, Reason, TurningPoint, Why as Told } from "../api/types";
import { reachable } from "../offline/answers";
import { useAsked } from "../parts/asked";
import { CareCard } from "../parts/care";
import { Shell } from "../parts/shell";
import { Empty, Stale, When } from "../parts/states";
import { Why } from "../parts/why";
import { number, say } from "../texts";

const SHOWN = 3;
const MOST_REASONS = 6;
const PERCENT = 100;

/** Show the assessment. */
export function Result(): JSX.Element {
  const [asked, again] = useAsked<Assessment>(`/assessment?causes=${SHOWN}&reasons=${MOST_REASONS}`);
  return (
    <Shell title={say("result.title")} wide="own">
      <When asked={asked} again={again}>
        {(found, at) => {
          const told = found.causes.some((cause) => cause.for.length + cause.against.length > 0);
          return (
          <>
            {!reachable.value && <Stale at={at} />}
            <div class="result-parts">
              <div class="stack result-care">
                <CareCard found={found} />
                {found.second_opinion.disagreement && <p class="notice">{found.second_opinion.disagreement}</p>}
              </div>
              {told && <Causes found={found} />}
              <div class="stack result-rest">
                {!told && !found.referral && <Empty title={say("answers.none_title")} why={say("result.none_why")} />}
                {told && !found.referral && (
                  <>
                    <TurningPoints />
                    <a class="button main-act" href="/plan">
                      {say("result.start_plan")}
                    </a>
                  </>
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
          );
        }}
      </When>
    </Shell>
  );
}

function Causes({ found }: { found: Assessment }): JSX.Element {
  const [all, setAll] = useState(false);
  const [first, ...others] = found.causes;
  return (
    <section class="stack result-causes">
      <h2>{say("result.could_be")}</h2>
      <p>{say("result.no_diagnosis")}</p>
      {first && <OneCause cause={first} open />}
      {others.map((cause) => (
        <OneCause key={cause.id} cause={cause} />
      ))}
      {all ? (
        <OtherCauses />
      ) : (
        <div class="row">
          <button type="button" class="button" onClick={() => setAll(true)}>
            {say("result.all_causes")}
          </button>
        </div>
      )}
      <div class="row whys">
        <Why of="cause/something_else">{say("result.something_else", { percent: percent(found.something_else) })}</Why>
      </div>
    </section>
  );
}

/** The causes after the first few; asked for when somebody looks. */
function OtherCauses(): JSX.Element {
  const [asked, again] = useAsked<Assessment>(`/assessment?reasons=${SHOWN}`);
  return (
    <When asked={asked} again={again}>
      {({ causes }) => causes.slice(SHOWN).map((cause) => <OneCause key={cause.id} cause={cause} />)}
    </When>
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

/** A cause by its name, how likely it is, and its strongest reason; what else there is of it when somebody looks. */
function OneCause({ cause, open: first = false }: { cause: Cause; open?: boolean }): JSX.Element {
  const [open, setOpen] = useState(first);
  const best = cause.for[0];
  return (
    <details
      class="card cause"
      open={open}
      onToggle={(event) => event.target === event.currentTarget && setOpen(event.currentTarget.open)}
    >
      <summary>
        <span class="stack tight">
          <h3>{nameOf(cause)}</h3>
          {alsoOf(cause) && <span class="cause-also quiet">{alsoOf(cause)}</span>}
          <strong class="cause-likely">{cause.likelihood_says}</strong>
          {best && !open && <span class="cause-lead small">{say("result.most_for", { reason: best.says })}</span>}
        </span>
      </summary>
      {open && <CauseBody cause={cause} />}
    </details>
  );
}

/** What Python says of a name stands in brackets behind it: "Gluteal tendinopathy (sore tendons ...)". */
const BRACKETS = /^(.+?) \((.+)\)$/;

function nameOf(cause: Cause): string {
  return BRACKETS.exec(cause.name)?.[1] ?? cause.name;
}

function alsoOf(cause: Cause): string {
  return BRACKETS.exec(cause.name)?.[2] ?? "";
}

function CauseBody({ cause }: { cause: Cause }): JSX.Element {
  return (
    <>
      <Reasons title={say("result.for")} kind="for" reasons={cause.for} />
      <Reasons title={say("result.against")} kind="against" reasons={cause.against} />
      {cause.not_asked.length > 0 && <NotAsked cause={cause} />}
      <details>
        <summary>{say("result.in_numbers")}</summary>
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
    </>
  );
}

/** What was not asked about a cause: so many things, and those that would tell most. */
function NotAsked({ cause }: { cause: Cause }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say("result.not_asked", { count: cause.not_asked.length })}</summary>
      {open && <NotAskedLines of={cause.id} />}
    </details>
  );
}

function NotAskedLines({ of }: { of: string }): JSX.Element {
  const [asked, again] = useAsked<Told>(`/why/cause/${of}`);
  return (
    <When asked={asked} again={again}>
      {({ would_change }) => (
        <div class="stack tight">
          <p class="small quiet">{say("result.not_asked_why")}</p>
          <ul class="small">
            {would_change.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
    </When>
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
