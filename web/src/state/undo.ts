/** Take back what was just done. */
import { ask } from "../api/client";
import { tell } from "../parts/toast";
import { say } from "../texts";

/** Undo EVENT, if it is the newest that stands, and say so. */
export async function undo(event: number): Promise<void> {
  try {
    const taken = await ask<{ says: string }>("/undo", { method: "POST", body: { event } });
    tell(taken.says);
  } catch (error) {
    tell(error instanceof Error && error.message ? error.message : say("state.wrong_title"));
  }
}
