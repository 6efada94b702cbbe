import { stamp } from "../../shared/time";
import type { Case } from "../core/types";
import { t } from "../words";
import { Icon } from "./icons";

/** The case in plain words: danger first, then what is known, what is not, and what the bot has said. */
export function SummaryCard({ ticket, found: { summary, ticket: about } }: { ticket: string; found: Case }) {
  const known = summary.facts.filter((one) => one.said !== null);
  const unsaid = summary.facts.filter((one) => one.said === null).map((one) => one.what);
  const show = (seq: number) => document.getElementById(`${ticket}.${seq}`)?.scrollIntoView({ block: "center" });
  return (
    <div class="summary">
      {summary.red_flags.length > 0 && (
        <section class="flags" aria-label={t("case.flags")}>
          <h3><Icon name="alarm" />{t("case.flags")}</h3>
          <ul>
            {summary.red_flags.map((one) => (
              <li key={one.seq}>
                <button type="button" onClick={() => show(one.seq)} title={t("case.show")}>{one.title}</button>
                <span class="soft">{stamp(one.at)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {about.question && <blockquote><h3>{t("case.question")}</h3><p class="lines">{about.question}</p></blockquote>}
      <dl>
        {known.map((one) => <div key={one.what}><dt>{one.what}</dt><dd>{one.said}</dd></div>)}
        {known.length === 0 && <div><dt>{t("case.title")}</dt><dd class="soft">{t("case.none")}</dd></div>}
        {summary.step && <div><dt>{t("case.step")}</dt><dd>{summary.step.title}</dd></div>}
      </dl>
      {known.length > 0 && unsaid.length > 0 && <p class="soft">{t("case.unsaid", { list: unsaid.join("、") })}</p>}
      {summary.red_flags.length === 0 && <p class="soft">{t("case.noFlags")}</p>}
      {summary.bot_said.length > 0 && (
        <details>
          <summary>{t("case.botSaid", { n: summary.bot_said.length })}</summary>
          <ul class="bot-said">
            {summary.bot_said.map((one) => (
              <li key={one.seq}>
                <button type="button" onClick={() => show(one.seq)} title={t("case.show")}><b>{one.title}</b> {one.line}</button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
