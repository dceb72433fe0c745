/** Take back what was just done. */
import { ask } from "../api/client";
import { tell } from "../parts/toast";
import { say } from "../texts";

/** Undo EVENT, if it is the newest that stands, and say so; where nothing was done there is nothing to take back. */
export async function undo(event: number | null): Promise<void> {
  if (event === null) return;
  try {
    const taken = await ask<{ says: string }>("/undo", { method: "POST", body: { event } });
    tell(taken.says);
  } catch (error) {
    tell(error instanceof Error && error.message ? error.message : say("state.wrong_title"));
  }
}
