/** S21: units, looks, language; carry everything away, bring it back, delete it all. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { ask, lookAt, Problem, ROOT, runner, withRunner } from "../api/client";
import type { Athlete, Settings as Kept } from "../api/types";
import { forget } from "../offline/database";
import { waiting } from "../offline/outbox";
import { failed, useAsked } from "../parts/asked";
import { Country } from "../parts/country";
import { Segments } from "../parts/segments";
import { Sheet } from "../parts/sheet";
import { Shell } from "../parts/shell";
import { When, Wrong } from "../parts/states";
import { tell } from "../parts/toast";
import { go } from "../router";
import { changeSettings, loadSettings, settings } from "../state/settings";
import { languages, say, type TextId } from "../texts";

type Name = "units" | "paper" | "week_start" | "text_size" | "contrast" | "motion" | "theme";

const CHOICES: Record<Name, string[]> = {
  units: ["km", "mi"],
  paper: ["a4", "letter"],
  week_start: ["monday", "sunday"],
  theme: ["system", "light", "dark"],
  text_size: ["normal", "large", "largest"],
  contrast: ["normal", "high"],
  motion: ["system", "reduced"],
};

/** Show and change the settings. */
export function Settings(): JSX.Element {
  const now = settings.value;
  return (
    <Shell title={say("settings.title")} wide="own">
      <div class="halves">
        <section class="card">
          <h2>{say("settings.measures")}</h2>
          <Rows names={["units", "week_start", "paper"]} />
          <Language now={now.language} />
          <Home />
        </section>
        <div class="stack">
          <section class="card">
            <h2>{say("settings.looks")}</h2>
            <Rows names={["theme", "text_size", "contrast", "motion"]} />
            <Segments
              name={say("settings.sound")}
              value={now.sound ? "on" : "off"}
              options={(["on", "off"] as const).map((value) => ({ value, label: say(`settings.sound_${value}`) }))}
              onChoose={(value) => void choose({ sound: value === "on" })}
            />
          </section>
          <section class="card">
            <h2>{say("settings.data")}</h2>
            <p>{say(runner.value === "sample" ? "settings.data_of_sample" : "settings.data_why")}</p>
            {runner.value === "me" && (
              <>
                <a class="button" href={ROOT + withRunner("/export")} download>
                  {say("settings.export")}
                </a>
                <Restore />
                <Erase />
              </>
            )}
          </section>
        </div>
      </div>
    </Shell>
  );
}

/** The language; while there is one alone, its name. */
function Language({ now }: { now: string }): JSX.Element {
  const options = Object.entries(languages).map(([value, label]) => ({ value, label }));
  const name = say("settings.language");
  if (options.length > 1)
    return <Segments name={name} value={now} options={options} onChoose={(language) => void choose({ language })} />;
  return (
    <p class="setting">
      <strong class="setting-name">{name}</strong>
      <span>{options[0]?.label}</span>
    </p>
  );
}

/** Settings by name, each with its choices in a row. */
function Rows({ names }: { names: Name[] }): JSX.Element {
  return (
    <>
      {names.map((name) => (
        <Segments
          key={name}
          name={say(`settings.${name}` as TextId)}
          value={settings.value[name]}
          options={CHOICES[name].map((value) => ({ value, label: say(`settings.${name}_${value}` as TextId) }))}
          onChoose={(value) => void choose({ [name]: value } as Partial<Kept>)}
        />
      ))}
    </>
  );
}

/** Change settings; where that cannot be kept, say so. */
async function choose(changes: Partial<Kept>): Promise<void> {
  try {
    await changeSettings(changes);
  } catch (error) {
    const seen = failed(error);
    tell(seen.state === "wrong" ? seen.problem.what : say("settings.not_kept"));
  }
}

/** The country whose emergency number is shown; kept as soon as it is chosen. */
function Home(): JSX.Element {
  const [asked, again] = useAsked<Athlete>("/athlete");
  const [wrong, setWrong] = useState<Problem | null>(null);
  const keep = async (country: string) => {
    try {
      await ask("/athlete", { method: "PATCH", body: { country } });
      setWrong(null);
      tell(say("settings.kept"));
      again();
    } catch (error) {
      setWrong(problemOf(error));
    }
  };
  return (
    <div class="setting-country">
      <When asked={asked} again={again}>
        {(athlete) => <Country value={athlete.country ?? ""} onChoose={(country) => country && void keep(country)} />}
      </When>
      {wrong && <Wrong problem={wrong} />}
    </div>
  );
}

function problemOf(error: unknown): Problem {
  const seen = failed(error);
  return seen.state === "wrong" ? seen.problem : new Problem(0, "", say("state.offline_title"), "", "");
}

/** Forget what this phone keeps of a journal that is gone: answers, and what waited to be sent to it. */
async function forgetAll(): Promise<void> {
  await forget();
  waiting.value = [];
}

/** Bring an exported file back in place of what is here. */
function Restore(): JSX.Element {
  const chosen = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [wrong, setWrong] = useState<Problem | null>(null);
  const close = () => {
    setFile(null);
    setWrong(null);
    if (chosen.current) chosen.current.value = ""; // the same file may be chosen again
  };
  const restore = async (from: File) => {
    try {
      const name = encodeURIComponent(from.name);
      const { upload } = await ask<{ upload: string }>(`/uploads?name=${name}`, { method: "PUT", body: from });
      const { says } = await ask<{ says: string }>("/restore", { method: "POST", body: { upload, replace: true } });
      await forgetAll();
      await loadSettings();
      close();
      tell(says);
    } catch (error) {
      setWrong(problemOf(error));
    }
  };
  return (
    <>
      <input
        ref={chosen}
        class="said-only"
        type="file"
        tabIndex={-1}
        aria-label={say("settings.restore")}
        onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
      />
      <button type="button" class="button" onClick={() => chosen.current?.click()}>
        {say("settings.restore")}
      </button>
      <Sheet title={say("settings.restore")} open={file !== null} onClose={close}>
        <p>{file?.name}</p>
        <p>{say("settings.restore_why")}</p>
        {wrong && <Wrong problem={wrong} />}
        <button type="button" class="button danger" onClick={() => file && void restore(file)}>
          {say("settings.restore_really")}
        </button>
      </Sheet>
    </>
  );
}

/** Delete everything, with the proof. */
function Erase(): JSX.Element {
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const [wrong, setWrong] = useState<Problem | null>(null);
  const close = () => {
    setOpen(false);
    setWrong(null);
    if (done) {
      lookAt("me");
      go("/", { replace: true });
    }
  };
  const erase = async () => {
    try {
      const proof = await ask<{ says: string }>("/erase", { method: "POST", body: { really: "delete everything" } });
      await forgetAll();
      await loadSettings();
      setDone(proof.says);
    } catch (error) {
      setWrong(problemOf(error));
    }
  };
  return (
    <>
      <button type="button" class="button danger" onClick={() => setOpen(true)}>
        {say("settings.erase")}
      </button>
      <Sheet title={say("settings.erase")} open={open} onClose={close}>
        {done ? <p role="status">{done}</p> : <p>{say("settings.erase_why")}</p>}
        {wrong && <Wrong problem={wrong} />}
        {!done && (
          <button type="button" class="button danger" onClick={() => void erase()}>
            {say("settings.erase_really")}
          </button>
        )}
      </Sheet>
    </>
  );
}
