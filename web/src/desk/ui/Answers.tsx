import { useState } from "preact/hooks";
import type { Desk } from "../core/desk";
import { t } from "../words";
import { useAnswers } from "./answers-search";
import { Sources } from "./Sources";

interface Props {
  desk: Desk;
  ticket: string;
  live: boolean;
  /** What stands in the input already. */
  text: string;
}

/** Canned answers, found by words, pinyin or its initials. */
export function Answers({ desk, ticket, live, text }: Props) {
  const [query, setQuery] = useState("");
  const found = useAnswers(desk, query.trim());
  const put = (words: string) => {
    desk.cases.write(ticket, [text, words].filter(Boolean).join("\n"));
    document.getElementById(`say-${ticket}`)?.focus();
  };
  return (
    <>
      <input type="search" class="search" value={query} aria-label={t("answers.search")} placeholder={t("answers.search")}
        onInput={(event) => setQuery(event.currentTarget.value)} />
      {found.length === 0 && query && <p class="soft" role="status">{t("answers.none")}</p>}
      <ul class="cards">
        {found.map((one) => (
          <li class="card" key={one.id}>
            <div class="card-head">
              <h4>{one.title}<small class="soft">{one.group}</small></h4>
              {live && (
                <>
                  <button type="button" class="secondary" aria-label={`${t("rows.edit")} ${one.title}`} onClick={() => put(one.text)}>
                    {t("rows.edit")}
                  </button>
                  <button type="button" class="primary" aria-label={`${t("rows.send")} ${one.title}`}
                    onClick={() => desk.cases.sendAnswer(ticket, one)}>{t("rows.send")}</button>
                </>
              )}
            </div>
            <p class="lines">{one.text}</p>
            {one.sources.length > 0 && <Sources sources={one.sources} />}
          </li>
        ))}
      </ul>
    </>
  );
}
