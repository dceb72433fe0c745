/** S12: how far a start line is. A range, what puts it off, and how far that can be trusted. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Race as RaceOf, Wished } from "../api/outlook";
import { reachable } from "../offline/answers";
import { useAsked } from "../parts/asked";
import { Back } from "../parts/back";
import { LengthField } from "../parts/length-field";
import { Rests } from "../parts/rests";
import { Shell } from "../parts/shell";
import { Sources } from "../parts/sources";
import { Stale, When } from "../parts/states";
import { after, today } from "../state/calendar";
import { fromKm, toKm } from "../state/lengths";
import { distance } from "../state/settings";
import { number, say } from "../texts";

const USUAL_KM = [5, 10, 21.1, 42.2];

/** Ask for a race, and say how many weeks away its start line is. */
export function Race(): JSX.Element {
  const [wished, again] = useAsked<Wished>("/plan/wishes");
  return (
    <Shell title={say("race.title")}>
      <When asked={wished} again={again}>
        {({ held, wishes }) => (held ? <Rests /> : <Ask km={wishes.race_km} on={wishes.race_on} />)}
      </When>
      <Back to="/plan" />
    </Shell>
  );
}

function pathOf(km: number, on: string): string {
  return `/race?km=${km}${on ? `&on=${on}` : ""}`;
}

function Ask({ km, on }: { km: number | null; on: string | null }): JSX.Element {
  const now = today();
  const stands = on !== null && on >= now ? on : "";
  const [typed, setTyped] = useState(km === null ? "" : String(fromKm(km)));
  const [date, setDate] = useState(stands);
  const [path, setPath] = useState(km === null ? null : pathOf(km, stands));
  const far = toKm(Number(typed));
  const fits = far >= 1 && far <= 500;
  return (
    <>
      <p>{say("race.lead")}</p>
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault();
          if (fits) setPath(pathOf(far, date));
        }}
      >
        <div class="row even" role="group" aria-label={say("race.usual")}>
          {USUAL_KM.map((each) => (
            <button
              key={each}
              type="button"
              class="button"
              aria-pressed={Number(typed) === fromKm(each)}
              onClick={() => setTyped(String(fromKm(each)))}
            >
              {distance(each * 1000)}
            </button>
          ))}
        </div>
        <div class="fields">
          <LengthField typed={typed} onType={setTyped} required />
          <label class="stack tight">
            <span>{say("race.on")}</span>
            <input type="date" min={now} value={date} onInput={(event) => setDate(event.currentTarget.value)} />
          </label>
        </div>
        <div class="row even">
          <button type="submit" class="button main-act" disabled={!fits}>
            {say("race.ask")}
          </button>
          <button
            type="button"
            class="button"
            disabled={!fits}
            onClick={() => {
              setDate(after(now, 1));
              setPath(pathOf(far, after(now, 1)));
            }}
          >
            {say("race.tomorrow")}
          </button>
        </div>
      </form>
      {path !== null && <Found key={path} path={path} />}
    </>
  );
}

function Found({ path }: { path: string }): JSX.Element {
  const [asked, again] = useAsked<RaceOf>(path);
  return (
    <div class="stack" aria-live="polite">
      <When asked={asked} again={again}>
        {({ check, checked }, at) => (
          <>
            {!reachable.value && <Stale at={at} />}
            <section class="card">
              {check.low !== null && (
                <p class="figure">
                  {check.high === null
                    ? say("race.at_least", { low: number(check.low, 0) })
                    : say("race.weeks", { low: number(check.low, 0), high: number(check.high, 0) })}
                </p>
              )}
              {check.says.map((line, place) => (
                <p key={line} class={place === 0 ? "lead" : ""}>
                  {line}
                </p>
              ))}
              <Sources ids={check.sources} />
            </section>
            {check.deferrals.length > 0 && (
              <section class="card">
                <h2>{say("race.deferrals")}</h2>
                <ol>
                  {check.deferrals.map((each) => (
                    <li key={each.event}>{each.says}</li>
                  ))}
                </ol>
              </section>
            )}
            <section class="card soft">
              <h2>{say("race.checked")}</h2>
              {checked.map((line) => (
                <p key={line}>{line}</p>
              ))}
              <a href="/today">{say("today.title")}</a>
            </section>
          </>
        )}
      </When>
    </div>
  );
}
