/** How urgent it is, in words, colour, icon and shape. The words are Python's. */
import type { JSX } from "preact";
import type { Assessment, Level, Referral } from "../api/types";
import { say, type TextId } from "../texts";
import { Icon, type IconName } from "./icons";

const NAMES: Record<Level, TextId> = {
  emergency: "level.emergency",
  same_day: "level.same_day",
  within_days: "level.within_days",
  routine: "level.routine",
  self_care: "level.self_care",
};

const ICONS: Record<Level, IconName> = {
  emergency: "alarm",
  same_day: "alarm",
  within_days: "see",
  routine: "see",
  self_care: "check",
};

/** What most phones connect with an emergency service, where no country was told. */
const ANYWHERE = "112";

/** The level of an assessment and what to do now. */
export function CareCard({ found }: { found: Assessment }): JSX.Element {
  if (found.referral) return <ReferralCard referral={found.referral} />;
  const open = found.missing.length > 0;
  return (
    <section class={`care ${found.level}`}>
      <header>
        <Icon name={open ? "ask" : ICONS[found.level]} />
        <h2>{say(open ? "care.missing_title" : NAMES[found.level])}</h2>
      </header>
      <div>
        <p>{say(open ? "care.missing" : `care.${found.level as "routine" | "self_care"}`)}</p>
        {open && (
          <a class="button main-act" href="/hip/question?for=today">
            {say("care.answer_missing")}
          </a>
        )}
      </div>
    </section>
  );
}

/** Whom to see, how fast, what to say there, what to do until then. */
export function ReferralCard({ referral }: { referral: Referral }): JSX.Element {
  return (
    <section class={`care ${referral.level}`} aria-label={say(NAMES[referral.level])}>
      <header>
        <Icon name={ICONS[referral.level]} />
        <h2>{say(NAMES[referral.level])}</h2>
      </header>
      <div>
        {referral.level === "emergency" ? (
          <p class="lead">
            <strong>{referral.how_fast}</strong> {referral.what}
          </p>
        ) : (
          <>
            <p class="lead">{referral.what}</p>
            <p>{referral.how_fast}</p>
          </>
        )}
        {referral.level === "emergency" && (
          <a class="button main-act wide" href={`tel:${(referral.number ?? ANYWHERE).split(" ")[0]}`}>
            {referral.number ? say("care.call", { number: referral.number }) : say("care.call_local")}
          </a>
        )}
        <div class="stack tight">
          <h3>{say("care.say_there")}</h3>
          <p>{referral.say_there}</p>
        </div>
        <div class="stack tight">
          <h3>{say("care.until_then")}</h3>
          <ul>
            {referral.until_then.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
        <details>
          <summary>{say("care.because")}</summary>
          <ul>
            {referral.because.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      </div>
    </section>
  );
}
