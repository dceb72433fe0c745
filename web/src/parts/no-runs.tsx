/** What a page of the training shows before any run is there. */
import type { JSX } from "preact";
import { say } from "../texts";
import { Empty } from "./states";

/** Say that there is no run yet, and lead to where they are brought in. */
export function NoRuns(): JSX.Element {
  return (
    <Empty title={say("training.none_title")} why={say("training.none_why")}>
      <a class="button main-act" href="/training/import">
        {say("import.title")}
      </a>
    </Empty>
  );
}
