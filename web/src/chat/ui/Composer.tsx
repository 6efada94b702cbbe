import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Chat } from "../core/chat";
import type { Store } from "../core/storage";
import { t } from "../i18n";
import { PhotoButton } from "./Photo";

const DRAFT = "houlu.draft";
const LONGEST = 1000;
const TELL_FROM = 850;
/** Browsers give this key code to every key that an input method consumes. */
const COMPOSING = 229;

export const EDIT = "houlu:edit";

export function Composer({ chat, store }: { chat: Chat; store: Store }) {
  const [text, setText] = useState(store.get(DRAFT) ?? "");
  const box = useRef<HTMLTextAreaElement>(null);
  const composing = useRef(false);
  const left = LONGEST - [...text.trim()].length;

  const write = (value: string) => {
    setText(value);
    if (value) chat.writes();
    if (value) store.set(DRAFT, value);
    else store.remove(DRAFT);
  };

  useLayoutEffect(() => {
    const area = box.current!;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }, [text]);

  useLayoutEffect(() => {
    const edit = (event: Event) => {
      write((event as CustomEvent<string>).detail);
      box.current?.focus();
    };
    window.addEventListener(EDIT, edit);
    return () => window.removeEventListener(EDIT, edit);
  }, []);

  const send = () => {
    const said = (box.current?.value ?? text).trim();
    if (!said || left < 0) return;
    chat.say(said);
    write("");
    box.current?.focus();
  };

  const key = (event: KeyboardEvent) => {
    // Enter that chooses a word of the input method is not meant to send.
    if (event.key !== "Enter" || event.shiftKey) return;
    if (event.isComposing || composing.current || event.keyCode === COMPOSING) return;
    event.preventDefault();
    send();
  };

  return (
    <form class="composer" autocomplete="off" onSubmit={(event) => (event.preventDefault(), send())}>
      <PhotoButton chat={chat} />
      <label for="text" class="unseen">{t("compose.label")}</label>
      <textarea id="text" ref={box} rows={1} value={text} placeholder={t("compose.hint")} enterkeyhint="send"
        aria-describedby="left" aria-invalid={left < 0} onKeyDown={key} onInput={(event) => write(event.currentTarget.value)}
        onCompositionStart={() => (composing.current = true)} onCompositionEnd={() => (composing.current = false)} />
      <button type="submit" class="primary" disabled={!text.trim() || left < 0}>{t("compose.send")}</button>
      <p id="left" class={`left${left < 0 ? " over" : ""}`} role="status">
        {left < 0 ? t("compose.over", { n: -left }) : left < LONGEST - TELL_FROM ? t("compose.left", { n: left }) : ""}
      </p>
    </form>
  );
}
