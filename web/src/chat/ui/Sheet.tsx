import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../i18n";
import { Icon } from "./icons";

interface Props {
  title: string;
  close(): void;
  children: ComponentChildren;
  wide?: boolean;
}

const FOCUSABLE = "button:not(:disabled), input, a[href], [tabindex='0']";

/** A dialog from below. The focus stays in it and goes back where it was; Escape and a tap beside it close it. */
export function Sheet({ title, close, children, wide }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    box.current?.focus();
    // Once the page behind is no longer inert.
    const back = () => (before?.isConnected ? before.focus() : document.getElementById("text")?.focus());
    return () => void setTimeout(back);
  }, []);

  useLayoutEffect(() => { // what had the focus may have made room for something else
    if (!box.current?.contains(document.activeElement)) box.current?.focus();
  });

  useLayoutEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key === "Escape") {
        event.preventDefault();
        close();
      }
      if (event.key === "Tab" && box.current) keepInside(box.current, event);
    };
    document.addEventListener("keydown", key, true);
    return () => document.removeEventListener("keydown", key, true);
  }, [close]);

  return (
    <div class="shade" onClick={(event) => event.target === event.currentTarget && close()}>
      <div class={`sheet${wide ? " wide" : ""}`} role="dialog" aria-modal="true" aria-label={title} tabIndex={-1} ref={box}>
        <div class="sheet-head">
          <h2>{title}</h2>
          <button type="button" class="plain" aria-label={t("close")} onClick={close}><Icon name="close" /></button>
        </div>
        {children}
      </div>
    </div>
  );
}

/** The next stop of the Tab key, around and around within the box. */
function keepInside(box: HTMLElement, event: KeyboardEvent): void {
  const reach = [...box.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const [first, last] = [reach[0], reach[reach.length - 1]];
  const at = document.activeElement;
  const outside = !box.contains(at);
  if (event.shiftKey ? at === first || at === box || outside : at === last || outside) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}
