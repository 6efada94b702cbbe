import { isWeb } from "../../shared/safe";
import type { Source } from "../core/types";
import { t } from "../i18n";
import { Icon } from "./icons";

/** What a statement rests on, folded. */
export function Sources({ sources }: { sources: Source[] }) {
  return (
    <details class="sources">
      <summary>{t("sources", { n: sources.length })}</summary>
      <ul>{sources.map((source) => <li key={source.id}><SourceLink source={source} /></li>)}</ul>
    </details>
  );
}

/** A link where there is an address of the web, else the title alone. */
export function SourceLink({ source }: { source: Source }) {
  if (!isWeb(source.url)) return <>{source.title}</>;
  return <a href={source.url} target="_blank" rel="noopener noreferrer">{source.title}<Icon name="out" /></a>;
}
