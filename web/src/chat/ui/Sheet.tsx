import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n";
import { Icon } from "./icons";

interface Props {
  title: string;
  close(): void;
  children: ComponentChildren;
  wide?: boolean;
}

const FOCUSABLE = "button, a[href], [tabindex='0']";

/** A dialog from below. The focus stays in it and goes back where it was; Escape and a tap beside it close it. */
export function Sheet({ title, close, children, wide }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    box.current?.focus();
    return () => (before?.isConnected ? before.focus() : document.getElementById("text")?.focus());
  }, []);

  const key = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
    if (event.key !== "Tab" || !box.current) return;
    const reach = [...box.current.querySelectorAll<HTMLElement>(FOCUSABLE)];
    const [first, last] = [reach[0], reach[reach.length - 1]];
    const at = document.activeElement;
    if (event.shiftKey ? at === first || at === box.current : at === last) {
      event.preventDefault();
      (event.shiftKey ? last : first)?.focus();
    }
  };

  return (
    <div class="shade" onClick={(event) => event.target === event.currentTarget && close()}>
      <div class={`sheet${wide ? " wide" : ""}`} role="dialog" aria-modal="true" aria-label={title} tabIndex={-1} ref={box}
        onKeyDown={key}>
        <div class="sheet-head">
          <h2>{title}</h2>
          <button type="button" class="plain" aria-label={t("close")} onClick={close}><Icon name="close" /></button>
        </div>
        {children}
      </div>
    </div>
  );
}
