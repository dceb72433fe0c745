/** A drawer as plain text, to be sent to somebody or kept. */
import type { Why } from "../api/types";
import { say } from "../texts";

/** Return all that a drawer says, as lines. */
export function asText(told: Why): string {
  const parts: [string, string[]][] = [
    [say("why.how"), told.rule],
    [say("why.from"), told.from.map((each) => [each.says, each.value, each.note, each.on ?? ""].filter(Boolean).join(" · "))],
    [say("why.sure"), [...(told.own ? [told.own] : []), ...told.sure]],
    [say("why.would_change"), told.would_change],
    [say("why.evidence"), told.evidence.map((each) => `${each.says} (${each.grade_says}, ${each.source})`)],
    [say("sources.title", { count: told.sources.length }), told.sources.map((each) => `${each.title}${each.year ? ` (${each.year})` : ""}`)],
  ];
  const said = parts.filter(([, lines]) => lines.length > 0);
  return [
    [told.title, told.value ?? "", told.what].filter(Boolean).join("\n"),
    ...said.map(([title, lines]) => [title, ...lines.map((line) => `- ${line}`)].join("\n")),
    say("result.versions", told.versions),
  ].join("\n\n");
}
