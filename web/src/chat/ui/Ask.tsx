import { t } from "../i18n";
import { words, type Word } from "../words";
import { Sheet } from "./Sheet";

type Question = "action.restart" | "action.expert" | "menu.withdraw" | "menu.erase";

interface Props {
  word: Question;
  yes(): void;
  close(): void;
  more?: string;
  /** Another way to the same end. */
  other?: { title: string; go(): void };
  danger?: boolean;
}

/** Are you sure? */
export function Ask({ word, yes, close, more, other, danger }: Props) {
  const sure = `${word}.sure` in words ? (`${word}.sure` as Word) : word;
  return (
    <Sheet title={t(sure)} close={close}>
      <p>{t(`${word}.why`)}</p>
      {more && <p>{more}</p>}
      <div class="sheet-buttons">
        <button type="button" class={danger ? "danger" : "primary"} onClick={() => (close(), yes())}>
          {t(`${word}.yes`)}
        </button>
        {other && <button type="button" class="secondary" onClick={other.go}>{other.title}</button>}
        <button type="button" class="secondary" onClick={close}>{t("cancel")}</button>
      </div>
    </Sheet>
  );
}
