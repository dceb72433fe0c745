/** S9: may I run today? The verdict first, and little else. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { runner } from "../api/client";
import type { Today as Verdict } from "../api/types";
import { reachable } from "../offline/answers";
import { useAsked } from "../parts/asked";
import { ReferralCard } from "../parts/care";
import { Sheet } from "../parts/sheet";
import { Shell } from "../parts/shell";
import { Sources } from "../parts/sources";
import { Stale, When } from "../parts/states";
import { Unsent } from "../parts/unsent";
import { VerdictBand } from "../parts/verdict";
import { day, number, say } from "../texts";

/** Show the verdict of the day. */
export function Today(): JSX.Element {
  const [asked, again] = useAsked<Verdict>("/today");
  const [why, setWhy] = useState(false);
  return (
    <Shell title={say("today.title")}>
      {runner.value === "sample" && <p class="notice">{say("today.sample")}</p>}
      <Unsent />
      <When asked={asked} again={again}>
        {(today, at) => (
          <>
            {!reachable.value && <Stale at={at} />}
            <p class="quiet">{day(today.on)}</p>
            <VerdictBand today={today} onWhy={() => setWhy(true)} />
            {today.referral ? (
              <ReferralCard referral={today.referral} />
            ) : (
              <>
                <StopRules rules={today.stop_rules} />
                <section class="card">
                  <h2>{say("today.check_in")}</h2>
                  <p>{say("today.check_in_why")}</p>
                  <div class="row">
                    <a class="button main-act" href="/today/check-in">
                      {say("today.check_in_start")}
                    </a>
                    <a class="button" href="/today/after-run">
                      {say("today.after_run")}
                    </a>
                  </div>
                </section>
              </>
            )}
            <Sheet title={say("why.title")} open={why} onClose={() => setWhy(false)}>
              <Why today={today} />
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
    </section>
  );
}

/** S18: what the verdict was made from, and what would change it. */
export function Why({ today }: { today: Verdict }): JSX.Element {
  return (
    <>
      <p>{today.reason}</p>
      <table>
        <caption class="said-only">{say("why.looked_at")}</caption>
        <tbody>
          {today.inputs.map((input) => (
            <tr key={input.name}>
              <th scope="row">{input.says ?? input.name}</th>
              <td>{input.value ?? say("unit.unknown")}</td>
              <td>{input.on ? day(input.on, "short") : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {today.would_change.length > 0 && (
        <div class="stack tight">
          <h3>{say("why.would_change")}</h3>
          <ul>
            {today.would_change.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
      <div class="stack tight">
        <h3>{say("why.not_looked_at")}</h3>
        <ul>
          {today.not_looked_at.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </div>
      {today.bounds.length > 0 && (
        <div class="stack tight">
          <h3>{say("why.numbers")}</h3>
          <ul>
            {today.bounds.map((bound) => (
              <li key={`${bound.source} ${bound.value} ${bound.unit}`}>
                {say("why.bound", {
                  value: number(bound.value, 2),
                  unit: bound.unit,
                  grade: bound.grade.replaceAll("_", " "),
                })}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Sources ids={[...today.sources, ...today.bounds.map((bound) => bound.source)]} />
      <p class="quiet small">{say("why.rule", { rule: today.rule })}</p>
    </>
  );
}
