import { useState } from "preact/hooks";
import { blocks, fold } from "../core/text";
import { t } from "../i18n";

/** Plain text in lines and lists. */
export function Lines({ text }: { text: string }) {
  return (
    <>
      {blocks(text).map((block, i) =>
        block.type === "line" ? <p key={i}><Line text={block.text} /></p>
          : <ul key={i}>{block.items.map((item, k) => <li key={k}><Line text={item} /></li>)}</ul>,
      )}
    </>
  );
}

/** Telephone numbers stay in one piece. */
function Line({ text }: { text: string }) {
  return <>{text.split(/(\d{3,4}-\d{7,8})/).map((part, i) => (i % 2 ? <span key={i} class="whole">{part}</span> : part))}</>;
}

/** A long text: its beginning, and the rest on demand. */
export function Folded({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  const { head, rest } = fold(text);
  if (!rest) return <Lines text={text} />;
  return (
    <>
      <Lines text={open ? text : head} />
      <button type="button" class="plain unfold" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? "foldUp" : "unfold")}
      </button>
    </>
  );
}
