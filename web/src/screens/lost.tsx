/** An address that no screen has: say so, and show the ways on. */
import type { JSX } from "preact";
import { Shell } from "../parts/shell";
import { path } from "../router";
import { say } from "../texts";

/** Say that nothing stands at this address. */
export function Lost(): JSX.Element {
  return (
    <Shell title={say("lost.title")}>
      <p class="broken">{say("lost.why", { address: path.value })}</p>
      <div class="row">
        <a class="button main-act" href="/">
          {say("lost.start")}
        </a>
        {history.length > 1 && (
          <button type="button" class="button" onClick={() => history.back()}>
            {say("lost.back")}
          </button>
        )}
      </div>
    </Shell>
  );
}
