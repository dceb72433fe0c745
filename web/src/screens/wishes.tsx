/** What the runner can and wants to do; where wishes do not go together, Python says which. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, Problem } from "../api/client";
import type { Made, Wished, Wishes as WishesOf } from "../api/outlook";
import { failed, useAsked } from "../parts/asked";
import { Back } from "../parts/back";
import { Ticks } from "../parts/choices";
import { LengthField } from "../parts/length-field";
import { tellMade } from "../parts/made";
import { Rests } from "../parts/rests";
import { SegmentChoice } from "../parts/segments";
import { Shell } from "../parts/shell";
import { When, Wrong } from "../parts/states";
import { go } from "../router";
import { today } from "../state/calendar";
import { fromKm, toKm } from "../state/lengths";
import { number, say, type TextId } from "../texts";

interface Clash {
  rule: string;
  says: string;
}

/** Ask for wishes, and make the plan for them. */
export function Wishes(): JSX.Element {
  const [asked, again] = useAsked<Wished>("/plan/wishes");
  return (
    <Shell title={say("wishes.title")} wide="own">
      <When asked={asked} again={again}>
        {(wished) => (wished.held ? <Rests /> : <Form {...wished} />)}
      </When>
      <Back to="/plan" />
    </Shell>
  );
}

const ANY = "any";
const WEEKS = [1, 2, 4, 8];

function Form({ wishes: stand, equipment, weekdays }: Wished): JSX.Element {
  const [wishes, setWishes] = useState<WishesOf>(stand);
  const [wrong, setWrong] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const wish = (more: Partial<WishesOf>) => setWishes({ ...wishes, ...more });
  const clashes = clashesOf(wrong);

  const keep = async () => {
    setBusy(true);
    try {
      const made = await ask<Made>("/plan", { method: "POST", body: wishes });
      if (!tellMade(made)) go("/plan"); // what was filled in stays until there is a plan to keep it
    } catch (error) {
      const seen = failed(error);
      setWrong(seen.state === "wrong" ? seen.problem : new Problem(0, "", say("state.offline_title"), say("state.offline_why"), ""));
    }
    setBusy(false);
  };

  const count = (name: "minutes_a_day" | "days_a_week", least: number, most: number) => (
    <Count
      name={`wishes.${name}`}
      value={wishes[name]}
      least={least}
      most={most}
      clash={clashes.has(name)}
      onChange={(value) => value !== null && wish({ [name]: value })}
    />
  );
  const maybe = (name: "run_minutes" | "runs_a_week" | "strength_a_week", least: number, most: number) => (
    <Count
      name={`wishes.${name}`}
      value={wishes[name]}
      least={least}
      most={most}
      free
      clash={clashes.has(name)}
      onChange={(value) => wish({ [name]: value })}
    />
  );

  return (
    <form
      class="stack wishes"
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <p>{say("wishes.lead")}</p>
      <div class="halves">
        <div class="stack">
          <section class="card">
            <h2>{say("wishes.days")}</h2>
            <Ticks
              legend={say("wishes.on_days")}
              options={weekdays.map(({ id, name }) => ({ value: id, label: name }))}
              values={new Set(wishes.on_days)}
              onChange={(chosen) => wish({ on_days: weekdays.map(({ id }) => id).filter((id) => chosen.has(id)) })}
            />
            <Mark on={clashes.has("on_days")} />
            <div class="fields roomy">
              {count("days_a_week", 1, 7)}
              <label class="stack tight">
                <span>{say("wishes.rest_day")}</span>
                <select
                  value={wishes.rest_day ?? ANY}
                  aria-invalid={clashes.has("rest_day")}
                  onChange={({ currentTarget: { value } }) => wish({ rest_day: value === ANY ? null : value })}
                >
                  <option value={ANY}>{say("wishes.no_rest_day")}</option>
                  {weekdays.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </select>
                <Mark on={clashes.has("rest_day")} />
              </label>
            </div>
          </section>
          <section class="card">
            <h2>{say("wishes.time")}</h2>
            <div class="fields">
              {count("minutes_a_day", 5, 180)}
              {maybe("run_minutes", 10, 300)}
              {maybe("runs_a_week", 0, 7)}
              {maybe("strength_a_week", 0, 7)}
            </div>
          </section>
        </div>
        <div class="stack">
          <section class="card">
            <h2>{say("wishes.equipment")}</h2>
            <Ticks
              legend={say("wishes.equipment_why")}
              options={equipment.map(({ id, name }) => ({ value: id, label: name }))}
              values={new Set(wishes.equipment)}
              onChange={(chosen) => wish({ equipment: [...chosen] })}
            />
          </section>
          <section class="card">
            <h2>{say("wishes.race")}</h2>
            <p class="small quiet">{say("wishes.race_why")}</p>
            <div class="fields roomy">
              <Length km={wishes.race_km} onChange={(race_km) => wish({ race_km })} />
              <label class="stack tight">
                <span>{say("race.on")}</span>
                <input
                  type="date"
                  min={today()}
                  value={wishes.race_on ?? ""}
                  onInput={({ currentTarget: { value } }) => wish({ race_on: value || null })}
                />
              </label>
            </div>
          </section>
          <section class="card">
            <SegmentChoice
              name={say("wishes.weeks")}
              value={String(wishes.weeks)}
              options={WEEKS.map((each) => ({ value: String(each), label: number(each) }))}
              onChoose={(value) => wish({ weeks: Number(value) })}
            />
          </section>
        </div>
      </div>
      {wrong && <Refusal problem={wrong} />}
      <button type="submit" class="button main-act wide" disabled={busy}>
        {say("wishes.keep")}
      </button>
    </form>
  );
}

function lists(problem: Problem | null): { wishes: Clash[]; rules: Clash[] } {
  const found = (problem?.conflict ?? {}) as Partial<Record<"wishes" | "rules", Clash[]>>;
  return { wishes: found.wishes ?? [], rules: found.rules ?? [] };
}

/** Return the wishes that a refusal names, by their field. */
function clashesOf(problem: Problem | null): Set<string> {
  return new Set(lists(problem).wishes.map(({ rule }) => rule));
}

function Refusal({ problem }: { problem: Problem }): JSX.Element {
  const { wishes, rules } = lists(problem);
  if (wishes.length + rules.length === 0) return <Wrong problem={problem} />;
  return (
    <section class="notice wrong" role="alert">
      <h2>{problem.what}</h2>
      <Named title={say("wishes.clash_yours")} lines={wishes} />
      <Named title={say("wishes.clash_rules")} lines={rules} />
      {problem.next && <p>{problem.next}</p>}
    </section>
  );
}

function Named({ title, lines }: { title: string; lines: Clash[] }): JSX.Element | null {
  if (lines.length === 0) return null;
  return (
    <div class="stack tight">
      <h3>{title}</h3>
      <ul>
        {lines.map(({ rule, says }) => (
          <li key={rule}>{says}</li>
        ))}
      </ul>
    </div>
  );
}

function Mark({ on }: { on: boolean }): JSX.Element | null {
  return on ? <span class="small clash">{say("wishes.clash")}</span> : null;
}

interface CountProps {
  name: TextId;
  value: number | null;
  least: number;
  most: number;
  /** May be left empty. */
  free?: boolean;
  clash: boolean;
  onChange: (value: number | null) => void;
}

function Count({ name, value, least, most, free = false, clash, onChange }: CountProps): JSX.Element {
  return (
    <label class="stack tight">
      <span>{say(name)}</span>
      <input
        type="number"
        inputMode="numeric"
        min={least}
        max={most}
        required={!free}
        placeholder={free ? say("wishes.any") : ""}
        value={value ?? ""}
        aria-invalid={clash}
        onInput={({ currentTarget: { value: typed } }) => onChange(typed === "" ? null : Math.round(Number(typed)))}
      />
      <Mark on={clash} />
    </label>
  );
}

function Length({ km, onChange }: { km: number | null; onChange: (km: number | null) => void }): JSX.Element {
  const [typed, setTyped] = useState(km === null ? "" : String(fromKm(km)));
  return (
    <LengthField
      typed={typed}
      onType={(value) => {
        setTyped(value);
        onChange(value === "" ? null : toKm(Number(value)));
      }}
    />
  );
}
