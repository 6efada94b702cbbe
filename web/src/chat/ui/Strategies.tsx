import type { Message, Source, Strategy } from "../core/types";
import { t } from "../i18n";
import { words, type Word } from "../words";
import { SourceLink, Sources } from "./Sources";
import { Lines } from "./Text";

/** The ways forward: one card each, between what is said before and after them. */
export function Strategies({ message, rows }: { message: Message; rows: Strategy[] }) {
  const { around, sources = [] } = message.custom;
  if (!around) { // an old message: its text says everything
    return <div class="bubble"><Lines text={message.text} /><Sources sources={sources} /></div>;
  }
  return (
    <>
      <div class="bubble"><Lines text={around.before} /></div>
      <ol class="cards">
        {rows.map((row) => <Card key={row.id} row={row} sources={sources} />)}
      </ol>
      <div class="bubble"><Lines text={around.after} /></div>
    </>
  );
}

interface CardProps {
  row: Strategy;
  sources: Source[];
}

function Card({ row, sources }: CardProps) {
  const category = `category.${row.category}`;
  const rests = sources.filter((source) => row.source_ids.includes(source.id));
  return (
    <li class="card">
      {category in words && <p class="category">{t(category as Word)}</p>}
      <h2><span class="number">{row.number}</span>{row.regimen}</h2>
      <Lines text={row.summary ?? ""} />
      <dl>
        <div><dt>{t("strategy.evidence")}</dt><dd>{row.evidence_level}</dd></div>
        <div><dt>{t("strategy.approval")}</dt><dd>{row.approval}</dd></div>
      </dl>
      {row.why && <p class="why">{row.why}</p>}
      {row.evidence && row.evidence !== row.evidence_level && (
        <details><summary>{t("strategy.study")}</summary><Lines text={row.evidence} /></details>
      )}
      {row.side_effects.length > 0 && (
        <details>
          <summary>{t("strategy.effects")}</summary>
          <ul class="effects">{row.side_effects.map((effect) => <li key={effect}>{effect}</li>)}</ul>
        </details>
      )}
      {rests.length > 0 && (
        <p class="rests"><span>{t("strategy.sources")}</span>
          {rests.map((source) => <span key={source.id} class="one"><SourceLink source={source} /></span>)}
        </p>
      )}
    </li>
  );
}
