/** S21: units, looks, language; carry everything away, bring it back, delete it all. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { ask, Problem, ROOT, withRunner } from "../api/client";
import type { Settings as Kept } from "../api/types";
import { forget } from "../offline/database";
import { failed } from "../parts/asked";
import { Choice } from "../parts/choices";
import { Sheet } from "../parts/sheet";
import { Shell } from "../parts/shell";
import { Wrong } from "../parts/states";
import { tell } from "../parts/toast";
import { changeSettings, settings } from "../state/settings";
import { languages, say, type TextId } from "../texts";

type Name = "units" | "week_start" | "text_size" | "contrast" | "motion" | "theme";

const CHOICES: Record<Name, string[]> = {
  units: ["km", "mi"],
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
    <Shell title={say("settings.title")}>
      {(Object.keys(CHOICES) as Name[]).map((name) => (
        <section key={name} class="card">
          <Choice
            legend={say(`settings.${name}` as TextId)}
            value={now[name]}
            options={CHOICES[name].map((value) => ({ value, label: say(`settings.${name}_${value}` as TextId) }))}
            onChoose={(value) => void changeSettings({ [name]: value } as Partial<Kept>)}
          />
        </section>
      ))}
      <section class="card">
        <Choice
          legend={say("settings.sound")}
          value={now.sound ? "on" : "off"}
          options={(["on", "off"] as const).map((value) => ({ value, label: say(`settings.sound_${value}`) }))}
          onChoose={(value) => void changeSettings({ sound: value === "on" })}
        />
      </section>
      <section class="card">
        <Choice
          legend={say("settings.language")}
          value={now.language}
          options={Object.entries(languages).map(([value, label]) => ({ value, label }))}
          onChoose={(language) => void changeSettings({ language })}
        />
      </section>
      <section class="card">
        <h2>{say("settings.data")}</h2>
        <p>{say("settings.data_why")}</p>
        <a class="button" href={ROOT + withRunner("/export")} download>
          {say("settings.export")}
        </a>
        <Restore />
        <Erase />
      </section>
    </Shell>
  );
}

/** Bring an exported file back in place of what is here. */
function Restore(): JSX.Element {
  const chosen = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [wrong, setWrong] = useState<Problem | null>(null);
  const restore = async (from: File) => {
    try {
      const name = encodeURIComponent(from.name);
      const { upload } = await ask<{ upload: string }>(`/uploads?name=${name}`, { method: "PUT", body: from });
      const { says } = await ask<{ says: string }>("/restore", { method: "POST", body: { upload, replace: true } });
      await forget();
      setFile(null);
      tell(says);
    } catch (error) {
      const seen = failed(error);
      setWrong(seen.state === "wrong" ? seen.problem : new Problem(0, "", say("state.offline_title"), "", ""));
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
      <Sheet title={say("settings.restore")} open={file !== null} onClose={() => setFile(null)}>
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
  const erase = async () => {
    try {
      const proof = await ask<{ says: string }>("/erase", { method: "POST", body: { really: "delete everything" } });
      await forget();
      setDone(proof.says);
    } catch (error) {
      const seen = failed(error);
      setWrong(seen.state === "wrong" ? seen.problem : new Problem(0, "", say("state.offline_title"), "", ""));
    }
  };
  return (
    <>
      <button type="button" class="button danger" onClick={() => setOpen(true)}>
        {say("settings.erase")}
      </button>
      <Sheet title={say("settings.erase")} open={open} onClose={() => setOpen(false)}>
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
