import { useState } from "preact/hooks";
import { isPicture } from "../../shared/safe";
import type { Pending } from "../core/outbox";
import type { Message, Source } from "../core/types";
import { t } from "../words";
import { Dialog } from "./Dialog";
import { Sources } from "./Sources";

/** Long answers of the bot are folded: the nurse wants the patient's words. */
const LONG = 160;

/** One message. All text is text. */
export function Bubble({ message, me }: { message: Message; me: string }) {
  const { from, text, custom } = message;
  if (from === "system") return <p class="system"><span class="unseen">{t("who.system")}：</span>{text}</p>;
  const danger = custom.kind === "emergency";
  const who = from === "expert" && custom.by === me ? "me" : from;
  return (
    <article class={`said ${from}${danger ? " alarming" : ""}`}>
      <p class="who">{t(`who.${who}`)}</p>
      <div class="bubble">
        {isPicture(message.image) && from === "user" ? <Photo url={message.image} /> : <Words text={text} fold={from === "bot"} />}
        {from === "bot" && message.choices.length > 0 && (
          <p class="offered">{t("choices", { titles: message.choices.map((one) => one.title).join("｜") })}</p>
        )}
        {custom.sources && custom.sources.length > 0 && <Folded sources={custom.sources} open={from === "expert"} />}
      </div>
    </article>
  );
}

function Words({ text, fold }: { text: string; fold: boolean }) {
  if (!fold || text.length <= LONG) return <p class="lines">{text}</p>;
  const [first = "", ...rest] = text.split("\n");
  return (
    <details class="folded">
      <summary class="lines">{first.length > LONG ? `${first.slice(0, LONG)}…` : first}</summary>
      <p class="lines">{first.length > LONG ? text : rest.join("\n")}</p>
    </details>
  );
}

/** A picture of the patient, fetched with the session of whoever holds the ticket. */
function Photo({ url }: { url: string }) {
  const [large, setLarge] = useState(false);
  const [failed, setFailed] = useState(false);
  if (failed) return <p>{t("picture.failed")}</p>;
  return (
    <>
      <button type="button" class="photo" onClick={() => setLarge(true)}>
        <img src={url} alt={t("picture.alt")} loading="lazy" onError={() => setFailed(true)} />
        <span>{t("picture.open")}</span>
      </button>
      {large && (
        <Dialog title={t("picture.alt")} close={() => setLarge(false)} wide>
          <div class="large" tabIndex={0}><img src={url} alt={t("picture.alt")} /></div>
        </Dialog>
      )}
    </>
  );
}

/** What the bot rests on is there when it is wanted. */
function Folded({ sources, open }: { sources: readonly Source[]; open: boolean }) {
  if (open) return <Sources sources={sources} />;
  return <details><summary class="soft">{t("sources.n", { n: sources.length })}</summary><Sources sources={sources} /></details>;
}

interface UnsentProps {
  pending: Pending;
  connected: boolean;
  takeBack(): void;
  discard(): void;
}

/** Words that are not known to have arrived. */
export function Unsent({ pending, connected, takeBack, discard }: UnsentProps) {
  return (
    <article class="said expert unsent">
      <p class="who">{t("who.me")}</p>
      <div class="bubble"><p class="lines">{pending.title}</p></div>
      {pending.refused === undefined ? (
        <p class="state">{t(connected ? "pending.sending" : "pending.waiting")}</p>
      ) : (
        <div class="state refused" role="alert">
          <p>{pending.refused}</p>
          {"text" in pending.content && <button type="button" onClick={takeBack}>{t("pending.back")}</button>}
          <button type="button" onClick={discard}>{t("pending.discard")}</button>
        </div>
      )}
    </article>
  );
}
