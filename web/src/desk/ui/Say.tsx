import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Desk } from "../core/desk";
import { t } from "../words";
import { Slash, type SlashKeys } from "./Slash";

const LONGEST = 4000;
/** Browsers give this key code to every key that an input method consumes. */
const COMPOSING = 229;

/** The answer that is being written. A line that begins with / looks for canned answers. */
export function Say({ desk, ticket, text }: { desk: Desk; ticket: string; text: string }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const slash = useRef<SlashKeys>(null);
  const [shut, setShut] = useState(false);
  const over = [...text.trim()].length - LONGEST;
  const query = !shut && /^[/、][^\n]*$/.test(text) ? text.slice(1).trim() : null;

  useLayoutEffect(() => {
    const area = box.current!;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }, [text]);

  const send = () => {
    const said = (box.current?.value ?? text).trim();
    if (!said || over > 0) return;
    desk.cases.say(ticket, said);
    box.current?.focus();
  };

  const key = (event: KeyboardEvent) => {
    // Enter that chooses a word of the input method is not meant to send.
    if (event.isComposing || event.keyCode === COMPOSING) return;
    if (query !== null && slash.current?.(event)) return event.preventDefault();
    if (event.key === "Escape" && query !== null) return setShut(true);
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    event.preventDefault();
    send();
  };

  const write = (value: string) => {
    if (!value) setShut(false);
    desk.cases.write(ticket, value);
  };

  return (
    <form class="say" autocomplete="off" onSubmit={(event) => (event.preventDefault(), send())}>
      {query !== null && (
        <Slash desk={desk} query={query} keys={slash} ticket={ticket} put={(value) => (write(value), box.current?.focus())} />
      )}
      <label class="unseen" for={`say-${ticket}`}>{t("say.label")}</label>
      <textarea id={`say-${ticket}`} ref={box} rows={2} value={text} placeholder={t("say.hint")} onKeyDown={key}
        aria-invalid={over > 0} onInput={(event) => write(event.currentTarget.value)} />
      <button type="submit" class="primary" disabled={!text.trim() || over > 0 || query !== null}>{t("say.send")}</button>
      {over > 0 && <p class="over" role="alert">{t("say.over", { n: over })}</p>}
    </form>
  );
}
