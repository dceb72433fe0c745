/** What a text proposed, and what of it is told: only what the runner saw and left standing. */

export interface Proposal {
  finding: string;
  state: string;
  standing: "said" | "denied" | "doubt" | "aside" | string;
  phrase: string;
  start: number;
  end: number;
  alarming: boolean;
}

/** Nothing is told of a proposal that is left out. */
const LEAVE = "leave";

/** Part proposals into those that are asked one by one, and the rest; what was set aside is not asked unless it alarms. */
export function toConfirm(proposals: readonly Proposal[]): { alarming: Proposal[]; others: Proposal[] } {
  return {
    alarming: proposals.filter((each) => each.alarming),
    others: proposals.filter((each) => !each.alarming && each.standing !== "aside"),
  };
}

/** Return the answers to tell: what was chosen; where nothing was, what the text proposed, but never for an alarm. */
export function toTell(proposals: readonly Proposal[], chosen: Record<string, string>): Record<string, string> {
  const { others } = toConfirm(proposals);
  const told = Object.fromEntries(others.map((each) => [each.finding, each.state]));
  return Object.fromEntries(Object.entries({ ...told, ...chosen }).filter(([, state]) => state !== LEAVE));
}
