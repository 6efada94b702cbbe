import { useState } from "preact/hooks";
import * as api from "../core/api";
import type { Desk } from "../core/desk";
import type { Callback } from "../core/types";
import { t } from "../words";
import { Icon } from "./icons";

/** Somebody asks to be called. The whole number is only shown to whoever clicks, and goes when the call was made. */
export function CallbackCard({ desk, ticket, callback, live }: { desk: Desk; ticket: string; callback: Callback; live: boolean }) {
  const [number, setNumber] = useState<string | null>(null);
  const reveal = async () => {
    const told = await desk.tried(api.reveal(ticket));
    if (told) setNumber(told.number);
  };
  return (
    <section class="callback" aria-label={t("callback.title")}>
      <h3><Icon name="phone" />{t("callback.title")}</h3>
      <p class="number">{number ? <a href={`tel:${number}`}>{number}</a> : callback.number}</p>
      {live && (
        <div class="buttons">
          {number === null && (
            <button type="button" class="secondary" title={t("callback.note")} onClick={() => void reveal()}>{t("callback.reveal")}</button>
          )}
          <button type="button" class="secondary" onClick={() => void desk.cases.called(ticket)}>{t("callback.done")}</button>
        </div>
      )}
      {live && number === null && <p class="soft">{t("callback.note")}</p>}
    </section>
  );
}
