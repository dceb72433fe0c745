/** S20: what can be taken along or handed on: paper, calendar, watch, data. Nothing is sent. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { fetched, type Problem } from "../api/client";
import type { Referral } from "../api/types";
import { failed, useAsked } from "../parts/asked";
import { ReferralCard } from "../parts/care";
import { Paper } from "../parts/page";
import { Shell } from "../parts/shell";
import { Offline, Waiting, Wrong } from "../parts/states";
import { Take } from "../parts/take";
import { settings } from "../state/settings";
import { say, type TextId } from "../texts";

interface Thing {
  name: string;
  path: () => string;
  /** Whether it is held back while somebody must be seen first. */
  heldBack?: boolean;
}

const paper = () => `paper=${settings.value.paper}`;

const CLINICIAN: Thing[] = [{ name: "brief", path: () => `/report.pdf?${paper()}` }];
const OWN: Thing[] = [
  { name: "sheet", path: () => `/sheet.pdf?${paper()}` },
  { name: "calendar", path: () => "/calendar.ics?file=true" },
  { name: "run", path: () => "/workout.fit", heldBack: true },
  { name: "strength", path: () => "/workout.fit?strength=true", heldBack: true },
];
const DATA: Thing[] = [
  { name: "json", path: () => "/report" },
  { name: "all", path: () => "/export" },
];

/** Show what there is to take along, and the page for a clinician as it will be read. */
export function Share(): JSX.Element {
  const [asked] = useAsked<{ referral: Referral | null }>("/referral");
  const referral = asked.state === "there" ? asked.answer.referral : null;
  return (
    <Shell title={say("share.title")} wide="own">
      <p>{say("share.lead")}</p>
      {referral && <ReferralCard referral={referral} />}
      <Things title={say("share.for_clinician")} things={CLINICIAN} held={referral !== null}>
        <Page />
      </Things>
      <div class="halves">
        <Things title={say("share.for_you")} things={OWN} held={referral !== null} />
        <Things title={say("share.as_data")} things={DATA} held={referral !== null} />
      </div>
      <p class="quiet small">{say("share.who")}</p>
    </Shell>
  );
}

interface ThingsProps {
  title: string;
  things: Thing[];
  held: boolean;
  children?: ComponentChildren;
}

/** What is for the same reader stands together, in one card. */
function Things({ title, things, held, children }: ThingsProps): JSX.Element {
  return (
    <section class="card takes">
      <h2 class="no-print">{title}</h2>
      {things.map(({ name, path, heldBack }) =>
        held && heldBack ? (
          <section key={name} class="take no-print">
            <h3>{text(name, "title")}</h3>
            <p>{say("share.held_back")}</p>
          </section>
        ) : (
          <Take
            key={name}
            title={text(name, "title")}
            holds={text(name, "holds")}
            lacks={text(name, "lacks")}
            act={text(name, "act")}
            path={path()}
          />
        ),
      )}
      {children}
    </section>
  );
}

function text(name: string, part: "title" | "holds" | "lacks" | "act"): string {
  return say(`share.${name}_${part}` as TextId);
}

type Read = { state: "waiting" } | { state: "offline" } | { state: "there"; text: string } | { state: "wrong"; problem: Problem };

/** The page for a clinician, to read here or to print; asked for when somebody looks. */
function Page(): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say("share.preview")}</summary>
      {open && <Written />}
    </details>
  );
}

function Written(): JSX.Element {
  const [read, setRead] = useState<Read>({ state: "waiting" });
  const [times, setTimes] = useState(0);
  useEffect(() => {
    let wanted = true;
    fetched("/report.md")
      .then(({ blob }) => blob.text())
      .then(
        (found) => wanted && setRead({ state: "there", text: found }),
        (error: unknown) => wanted && setRead(failed(error)),
      );
    return () => {
      wanted = false;
    };
  }, [times]);
  const again = () => {
    setRead({ state: "waiting" });
    setTimes(times + 1);
  };
  if (read.state === "waiting") return <Waiting />;
  if (read.state === "offline") return <Offline again={again} />;
  if (read.state === "wrong") return <Wrong problem={read.problem} again={again} />;
  return (
    <div class="stack">
      <Paper text={read.text} />
      <div class="row no-print">
        <button type="button" class="button" onClick={() => print()}>
          {say("act.print")}
        </button>
      </div>
    </div>
  );
}
