/** S9: may I run today? The verdict first, and little else. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { runner } from "../api/client";
import type { Weekly } from "../api/outlook";
import type { PainLine, TodayScreen } from "../api/types";
import { reachable } from "../offline/answers";
import { keepAhead, stillHolds } from "../offline/table";
import { answered, useAsked, withOthers } from "../parts/asked";
import { ReferralCard } from "../parts/care";
import { CheckInCard, type CheckInCards } from "../parts/check-in";
import { ExercisesCard } from "../parts/exercises-today";
import { Picture } from "../parts/picture";
import { Sheet } from "../parts/sheet";
import { Shell } from "../parts/shell";
import { Stale, When } from "../parts/states";
import { Unsent } from "../parts/unsent";
import { AskAgain, VerdictBand } from "../parts/verdict";
import { Drawer, Why } from "../parts/why";
import { WeeklyOffer } from "../parts/weekly-offer";
import { day, say } from "../texts";

/** So long the day is shown before the table of the next days is fetched: whoever goes on at once does not wait for it. */
const AHEAD_MS = 1500;

/** Show the verdict of the day. */
export function Today(): JSX.Element {
  const [asked, again] = useAsked<TodayScreen>("/today");
  const [cards] = useAsked<CheckInCards>("/checkin");
  const [weekly] = useAsked<Weekly>("/weekly");
  const [why, setWhy] = useState(false);
  useEffect(() => {
    if (asked.state !== "there" || !reachable.value) return;
    const soon = setTimeout(() => void keepAhead(), AHEAD_MS);
    return () => clearTimeout(soon);
  }, [asked]);
  return (
    <Shell title={say("today.title")} wide="own">
      <Unsent />
      <When asked={withOthers(asked, cards, weekly)} again={again}>
        {(today, at) => (
          <>
            {!reachable.value && (today.referral || stillHolds(today.on)) && <Stale at={at} />}
            <p class="quiet today-day">
              <span>{day(today.on)}</span>
              {runner.value === "sample" && <span class="tag">{say("today.sample")}</span>}
            </p>
            {!today.referral && !stillHolds(today.on) ? (
              <>
                <AskAgain />
                <CheckInCard cards={answered(cards)} />
              </>
            ) : today.referral ? (
              <>
                <ReferralCard referral={today.referral} />
                <div class="row">
                  <button type="button" class="button" onClick={() => setWhy(true)}>
                    {say("why.open")}
                  </button>
                </div>
              </>
            ) : (
              <div class="today-parts">
                <div class="stack">
                  <VerdictBand today={today} onWhy={() => setWhy(true)} numbers answerAt={today.asks.length > 0 ? "/hip/question?for=today" : undefined} />
                  <StopRules rules={today.stop_rules} />
                </div>
                <div class="stack">
                  <CheckInCard cards={answered(cards)} />
                  {today.exercises && <ExercisesCard exercises={today.exercises} on={today.on} />}
                  {today.pain && <Spark pain={today.pain} />}
                  <WeeklyOffer asked={weekly} />
                </div>
              </div>
            )}
            <Sheet title={say("why.title")} open={why} onClose={() => setWhy(false)}>
              <Drawer of="today/verdict" />
            </Sheet>
          </>
        )}
      </When>
    </Shell>
  );
}

function StopRules({ rules }: { rules: string[] }): JSX.Element | null {
  if (rules.length === 0) return null;
  return (
    <section class="card">
      <h2>{say("today.stop_rules")}</h2>
      <ul>
        {rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
      <div class="row whys">
        <Why of="today/limits" keep>
          {say("today.limits")}
        </Why>
      </div>
    </section>
  );
}

/** Two weeks of pain as a small line; the whole course is one press away. */
function Spark({ pain }: { pain: PainLine }): JSX.Element {
  return (
    <section class="card spark">
      <h2>{pain.title}</h2>
      <Picture svg={pain.svg} />
      <a href="/more/progress">{say("progress.title")}</a>
    </section>
  );
}
