import { useState } from "preact/hooks";
import type { Desk } from "../core/desk";
import type { Suggestion, Suggestions } from "../core/types";
import { t } from "../words";
import { Sources } from "./Sources";

interface Props {
  desk: Desk;
  ticket: string;
  suggestions: Suggestions | null;
  live: boolean;
}

/** Rows of the strategy table that fit the case, sent with one click, their sources with them. */
export function Rows({ desk, ticket, suggestions, live }: Props) {
  if (!suggestions) return live ? <p class="soft">{t("loading")}</p> : null;
  const { strategies, cautions } = suggestions;
  const row = (one: Suggestion) => <Row key={one.id} row={one} live={live} send={() => desk.cases.sendRow(ticket, one)} />;
  return (
    <>
      <p class="soft">{t(strategies.length ? "rows.lead" : "rows.none")}</p>
      <ul class="cards">{strategies.map(row)}</ul>
      {cautions.length > 0 && <h3>{t("rows.cautions")}</h3>}
      {cautions.length > 0 && <ul class="cards cautions">{cautions.map(row)}</ul>}
    </>
  );
}

function Row({ row, live, send }: { row: Suggestion; live: boolean; send(): void }) {
  const [sent, setSent] = useState(false);
  const click = () => {
    setSent(true);
    send();
  };
  return (
    <li class="card">
      <div class="card-head">
        <h4>{row.regimen}</h4>
        {live && (
          <button type="button" class={sent ? "secondary" : "primary"} aria-label={`${t("rows.send")} ${row.regimen}`}
            onClick={click} disabled={sent}>{t(sent ? "rows.sent" : "rows.send")}</button>
        )}
      </div>
      {row.why && <p class="why">{row.why}</p>}
      <dl>
        <div><dt>{t("rows.evidence")}</dt><dd>{row.evidence_level}</dd></div>
        {row.approval && <div><dt>{t("rows.approval")}</dt><dd>{row.approval}</dd></div>}
      </dl>
      <details>
        <summary>{t("rows.preview")}</summary>
        <p class="lines preview">{row.text}</p>
        {row.evidence && <><h5>{t("rows.study")}</h5><p>{row.evidence}</p></>}
        {row.side_effects.length > 0 && <><h5>{t("rows.effects")}</h5><p>{row.side_effects.join("、")}</p></>}
        {row.sources.length > 0 && <Sources sources={row.sources} />}
      </details>
    </li>
  );
}
