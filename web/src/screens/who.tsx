/** Who runs: the few things that urgency depends on. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, Problem } from "../api/client";
import type { Athlete } from "../api/types";
import { failed, useAsked } from "../parts/asked";
import { Country } from "../parts/country";
import { SegmentChoice } from "../parts/segments";
import { Shell } from "../parts/shell";
import { When, Wrong } from "../parts/states";
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
    if (country) told.country = country;
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
      <SegmentChoice
        name={say("who.sex")}
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
