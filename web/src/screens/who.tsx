/** Who runs: the few things that urgency depends on. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, Problem } from "../api/client";
import type { Athlete } from "../api/types";
import { failed, useAsked } from "../parts/asked";
import { Choice } from "../parts/choices";
import { Shell } from "../parts/shell";
import { Waiting, When, Wrong } from "../parts/states";
import { go, query } from "../router";
import { say } from "../texts";

/** Ask age, sex and country; each may stay open. */
export function Who(): JSX.Element {
  const [asked, again] = useAsked<Athlete>("/athlete");
  return (
    <Shell title={say("who.title")} bare>
      <p>{say("who.why")}</p>
      <When asked={asked} again={again}>
        {(athlete) => <Form athlete={athlete} />}
      </When>
    </Shell>
  );
}

function Form({ athlete }: { athlete: Athlete }): JSX.Element {
  const [age, setAge] = useState(athlete.age_y === null ? "" : String(athlete.age_y));
  const [sex, setSex] = useState(athlete.sex);
  const [country, setCountry] = useState(athlete.country ?? "");
  const [wrong, setWrong] = useState<Problem | null>(null);
  const keep = async (event: Event) => {
    event.preventDefault();
    const told: Record<string, unknown> = {};
    if (age) told.age_y = Number(age);
    if (sex) told.sex = sex;
    if (country) told.country = country.toUpperCase();
    try {
      await ask("/athlete", { method: "PATCH", body: told });
      go(query.value.get("then") ?? "/hip/check");
    } catch (error) {
      const seen = failed(error);
      setWrong(seen.state === "wrong" ? seen.problem : new Problem(0, "", say("state.offline_title"), "", ""));
    }
  };
  return (
    <form class="stack" onSubmit={(event) => void keep(event)}>
      <label class="stack tight">
        <strong>{say("who.age")}</strong>
        <input
          inputMode="numeric"
          pattern="[0-9]{1,3}"
          autocomplete="off"
          value={age}
          onInput={(event) => setAge(event.currentTarget.value)}
        />
      </label>
      <Choice
        legend={say("who.sex")}
        value={sex}
        onChoose={setSex}
        options={[
          { value: "female", label: say("who.female") },
          { value: "male", label: say("who.male") },
        ]}
      />
      <Country value={country} onChoose={setCountry} />
      {wrong && <Wrong problem={wrong} />}
      <button type="submit" class="button main-act wide">
        {say("act.go_on")}
      </button>
      <a class="button plain" href={query.value.get("then") ?? "/hip/check"}>
        {say("who.later")}
      </a>
    </form>
  );
}

const OTHER = "other";

/** The country, from those whose emergency number is known; any other by its two letters. */
function Country({ value, onChoose }: { value: string; onChoose: (code: string) => void }): JSX.Element {
  const [asked] = useAsked<{ entries: { id: string; name: string }[] }>("/countries");
  const [other, setOther] = useState(false);
  if (asked.state === "waiting") return <Waiting />;
  const known = asked.state === "there" ? asked.answer.entries : [];
  const free = other || known.length === 0 || (value !== "" && !known.some((each) => each.id === value));
  return (
    <>
      {known.length > 0 && (
        <label class="stack tight">
          <strong>{say("who.country_name")}</strong>
          <span class="quiet small">{say("who.country_why")}</span>
          <select
            autocomplete="country"
            value={free ? OTHER : value}
            onChange={(event) => {
              const chosen = event.currentTarget.value;
              setOther(chosen === OTHER);
              onChoose(chosen === OTHER ? "" : chosen);
            }}
          >
            <option value="">{say("who.country_none")}</option>
            {known.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
            <option value={OTHER}>{say("who.country_other")}</option>
          </select>
        </label>
      )}
      {free && (
        <label class="stack tight">
          <strong>{say("who.country")}</strong>
          <input
            maxLength={2}
            pattern="[A-Za-z]{2}"
            autocomplete="country"
            value={value}
            onInput={(event) => onChoose(event.currentTarget.value)}
          />
        </label>
      )}
    </>
  );
}
