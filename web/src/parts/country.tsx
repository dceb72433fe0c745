/** The country, from those whose emergency number is known; any other by its two letters. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { say } from "../texts";
import { useAsked } from "./asked";
import { Waiting } from "./states";

const OTHER = "other";
const LETTERS = 2;

interface Props {
  value: string;
  /** The code that was chosen, "" for none; letters that are no whole code yet are not told. */
  onChoose: (code: string) => void;
}

/** Ask for the country by its name. */
export function Country({ value, onChoose }: Props): JSX.Element {
  const [asked] = useAsked<{ entries: { id: string; name: string }[] }>("/countries");
  const [other, setOther] = useState(false);
  const [letters, setLetters] = useState(value);
  const [wasOpen] = useState(value === ""); // what was once told can be changed, and not untold
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
              setLetters("");
              if (chosen !== OTHER) onChoose(chosen);
            }}
          >
            {wasOpen && <option value="">{say("who.country_none")}</option>}
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
            maxLength={LETTERS}
            pattern="[A-Za-z]{2}"
            autocomplete="country"
            value={letters}
            onInput={(event) => {
              const typed = event.currentTarget.value;
              setLetters(typed);
              if (typed.length === LETTERS) onChoose(typed.toUpperCase());
            }}
          />
        </label>
      )}
    </>
  );
}
