import { useState } from "preact/hooks";
import { stamp } from "../../shared/time";
import type { Desk } from "../core/desk";
import type { Note } from "../core/types";
import { t } from "../words";

const LONGEST = 2000;

/** For colleagues only. */
export function Notes({ desk, ticket, notes, live }: { desk: Desk; ticket: string; notes: readonly Note[]; live: boolean }) {
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    if (await desk.cases.note(ticket, text.trim())) setText("");
    setBusy(false);
  };
  return (
    <>
      {notes.length === 0 && <p class="soft">{t("notes.none")}</p>}
      <ul class="notes">
        {notes.map((one) => (
          <li key={one.id}><p class="soft">{one.title || one.by} {stamp(one.at)}</p><p class="lines">{one.text}</p></li>
        ))}
      </ul>
      {live && (
        <form class="note" onSubmit={(event) => void submit(event)}>
          <textarea rows={3} maxLength={LONGEST} value={text} aria-label={t("notes.label")} placeholder={t("notes.label")}
            onInput={(event) => setText(event.currentTarget.value)} />
          <button type="submit" class="secondary" disabled={busy || !text.trim()}>{t("notes.add")}</button>
        </form>
      )}
    </>
  );
}
