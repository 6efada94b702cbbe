import { isWeb } from "../../shared/safe";
import type { Source } from "../core/types";
import { t } from "../words";
import { Icon } from "./icons";

/** What a statement rests on; a link only where there is an address of the web. */
export function Sources({ sources }: { sources: readonly Source[] }) {
  return (
    <ul class="sources" aria-label={t("sources")}>
      {sources.map((one) => (
        <li key={one.id}>
          {isWeb(one.url)
            ? <a href={one.url} target="_blank" rel="noopener noreferrer">{one.title}<Icon name="out" /></a>
            : one.title}
        </li>
      ))}
    </ul>
  );
}
