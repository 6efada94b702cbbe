import { useEffect, useState } from "preact/hooks";
import type { Desk } from "../core/desk";
import type { Answer } from "../core/types";
import { t } from "../words";
import { useAnswers } from "./answers-search";

/** Takes a key while the list is open; true when the key was for the list. */
export type SlashKeys = (event: KeyboardEvent) => boolean;

interface Props {
  desk: Desk;
  ticket: string;
  query: string;
  keys: { current: SlashKeys | null };
  put(text: string): void;
}

const SHOWN = 6;

/** Canned answers under the fingers: /qcbg, arrows, Enter. */
export function Slash({ desk, ticket, query, keys, put }: Props) {
  const found = useAnswers(desk, query).slice(0, SHOWN);
  const [at, setAt] = useState(0);
  useEffect(() => setAt(0), [query]);
  const chosen = found[Math.min(at, found.length - 1)];

  const use = (answer: Answer, now: boolean) => {
    put(now ? "" : answer.text);
    if (now) desk.cases.sendAnswer(ticket, answer);
  };
  keys.current = (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const by = event.key === "ArrowDown" ? 1 : -1;
      setAt((at + by + found.length) % Math.max(1, found.length));
      return true;
    }
    if (event.key !== "Enter" || event.shiftKey) return false;
    if (chosen) use(chosen, event.ctrlKey || event.metaKey);
    return true;
  };

  return (
    <div class="slash">
      <ul aria-label={t("slash.title")}>
        {found.map((one) => (
          <li key={one.id}>
            <button type="button" aria-current={one === chosen ? "true" : undefined} onClick={() => use(one, false)}>
              <b>{one.title}</b><span>{one.text}</span>
            </button>
          </li>
        ))}
      </ul>
      <p class="soft" role="status">{found.length ? `${chosen?.title ?? ""} · ${t("slash.help")}` : t("slash.none")}</p>
    </div>
  );
}
