/** S17: what the watch tells of how one runs, and how sure that is. */
import type { JSX } from "preact";
import type { FormOf } from "../api/types";
import { useAsked } from "../parts/asked";
import { Back } from "../parts/back";
import { Chart } from "../parts/chart";
import { Shell } from "../parts/shell";
import { Sources } from "../parts/sources";
import { Empty, When } from "../parts/states";
import { say } from "../texts";

/** Show each measure in sentences, cadence over pace as a picture. */
export function Form(): JSX.Element {
  const [asked, again] = useAsked<FormOf>("/form");
  return (
    <Shell title={say("form.title")} wide="two">
      <When asked={asked} again={again}>
        {(form) =>
          form.measures.length === 0 ? (
            <Empty title={say("form.none_title")} why={form.says}>
              <a class="button main-act" href="/training/import">
                {say("import.title")}
              </a>
            </Empty>
          ) : (
            <Measures form={form} />
          )
        }
      </When>
      <Back to="/training" />
    </Shell>
  );
}

/** What matters most, then the rest, folded. */
function Measures({ form }: { form: FormOf }): JSX.Element {
  const [first, ...rest] = form.measures;
  return (
    <>
      <p>{form.says}</p>
      <Chart name="cadence" />
      {first && (
        <section class="card">
          <h2>{first.name}</h2>
          <First lines={first.says} />
        </section>
      )}
      {rest.length > 0 && (
        <section class="stack tight">
          <h2>{say("form.more")}</h2>
          <div class="folds">
            {rest.map((measure) => (
              <details key={measure.id} class="card">
                <summary>{measure.name}</summary>
                <div class="stack tight">
                  <Said lines={measure.says} />
                </div>
              </details>
            ))}
          </div>
        </section>
      )}
      <details class="card">
        <summary>{say("form.known")}</summary>
        <ul>
          {[...form.known, ...form.not_looked_at].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <Sources ids={form.sources} />
      </details>
    </>
  );
}

/** The first sentence leads, the others stand below it. */
function First({ lines: [lead, ...others] }: { lines: string[] }): JSX.Element {
  return (
    <>
      <p class="lead">{lead}</p>
      <Said lines={others} />
    </>
  );
}

function Said({ lines }: { lines: string[] }): JSX.Element {
  return (
    <>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </>
  );
}
