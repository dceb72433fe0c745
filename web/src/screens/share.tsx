/** S20: what is handed out: the page for a clinician, and everything as one file. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ROOT, withRunner } from "../api/client";
import { Shell } from "../parts/shell";
import { Offline, Waiting } from "../parts/states";
import { language, say } from "../texts";

/** Show the page as it will be read, and the ways to take it along. */
export function Share(): JSX.Element {
  const page = ROOT + withRunner("/report.md");
  const [text, setText] = useState<string | null>(null);
  const [lost, setLost] = useState(false);
  const [times, setTimes] = useState(0);
  useEffect(() => {
    fetch(page, { credentials: "same-origin", headers: { "Accept-Language": language.value } }).then(
      async (answer) => setText(await answer.text()),
      () => setLost(true),
    );
  }, [page, times]);
  return (
    <Shell title={say("share.title")}>
      <p>{say("share.lead")}</p>
      <div class="row no-print">
        <a class="button main-act" href={page} download="hipwise-report.md">
          {say("share.report")}
        </a>
        <button type="button" class="button" onClick={() => print()}>
          {say("act.print")}
        </button>
        <a class="button" href={ROOT + withRunner("/export")} download>
          {say("settings.export")}
        </a>
      </div>
      {text === null && !lost && <Waiting />}
      {text === null && lost && <Offline again={() => (setLost(false), setTimes(times + 1))} />}
      {text !== null && (
        <section class="card" aria-label={say("share.preview")}>
          <pre class="page" tabIndex={0}>
            {text}
          </pre>
        </section>
      )}
      <p class="quiet small">{say("share.who")}</p>
    </Shell>
  );
}
