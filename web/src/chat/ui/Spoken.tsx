import type { Chat } from "../core/chat";
import { isPicture } from "../../shared/safe";
import type { Unsent } from "../core/outbox";
import type { Sending } from "../core/sender";
import type { Message } from "../core/types";
import { t } from "../i18n";
import { EDIT } from "./Composer";
import { Emergency } from "./Emergency";
import { Face } from "./icons";
import { Photo } from "./Photo";
import { Sources } from "./Sources";
import { Strategies } from "./Strategies";
import { Folded, Lines } from "./Text";

interface Props {
  message: Message;
  chat: Chat;
  onPicture(url: string, alt: string): void;
}

/** One message. */
export function Spoken({ message, chat, onPicture }: Props) {
  if (message.from === "system") return <p class="system"><span class="unseen">{t("who.system")}：</span>{message.text}</p>;
  if (message.from === "user" && message.custom.picture) return <Photo message={message} chat={chat} onPicture={onPicture} />;
  if (message.from === "user") return message.text ? <Mine text={message.text} /> : <p class="system">{t("notKept")}</p>;
  const { kind, sources, strategies } = message.custom;
  if (kind === "emergency") return <Emergency message={message} />;
  const from = message.from === "expert" ? "expert" : "bot";
  return (
    <article class={`said ${from}${strategies?.length ? " full" : ""}`}>
      <div class="avatar"><Face who={from} />{from === "bot" && <span class="badge" aria-hidden="true">{t("aiBadge")}</span>}</div>
      <div class="column">
        <p class={from === "bot" ? "unseen" : "who"}>{t(`who.${from}`)}</p>
        {strategies?.length ? (
          <Strategies message={message} rows={strategies} />
        ) : (
          <div class="bubble">
            {kind === "answer" || kind === "refusal" ? <Folded text={message.text} /> : <Lines text={message.text} />}
            {isPicture(message.image) && (
              <Thumbnail url={message.image} alt={message.custom.image_alt ?? ""} onPicture={onPicture} />
            )}
            {sources && sources.length > 0 && <Sources sources={sources} />}
          </div>
        )}
      </div>
    </article>
  );
}

function Mine({ text }: { text: string }) {
  return (
    <article class="said user">
      <div class="column">
        <p class="unseen">{t("who.user")}</p>
        <div class="bubble lines">{text}</div>
      </div>
    </article>
  );
}

function Thumbnail({ url, alt, onPicture }: { url: string; alt: string; onPicture: Props["onPicture"] }) {
  return (
    <button type="button" class="thumbnail" onClick={() => onPicture(url, alt)}>
      <img src={url} alt={alt || t("picture")} loading="lazy" />
      <span>{t("picture.open")}</span>
    </button>
  );
}

/** Words that are not known to have arrived. */
export function Waiting({ unsent, chat, sending }: { unsent: Unsent; chat: Chat; sending: Sending }) {
  const text = "text" in unsent.content ? unsent.content.text : null;
  const edit = () => {
    if (text !== null) window.dispatchEvent(new CustomEvent(EDIT, { detail: text }));
    chat.discard(unsent.id);
  };
  return (
    <article class="said user unsent">
      <div class="column">
        <p class="unseen">{t("who.user")}</p>
        <div class="bubble lines">{unsent.title}</div>
        {unsent.refused === undefined ? (
          <p class="state">{t(sending.state === "sending" ? "unsent.sending" : "unsent.waiting")}</p>
        ) : (
          <div class="state refused" role="alert">
            <p>{unsent.refused}</p>
            {text !== null && <button type="button" class="plain" onClick={edit}>{t("unsent.edit")}</button>}
            <button type="button" class="plain" onClick={() => chat.discard(unsent.id)}>{t("unsent.discard")}</button>
          </div>
        )}
      </div>
    </article>
  );
}

export function Typing({ who }: { who: "bot" | "expert" }) {
  return (
    <div class={`said ${who} typing`}>
      <div class="avatar"><Face who={who} /></div>
      <div class="bubble"><span class="unseen">{t("typing")}</span><i /><i /><i /></div>
    </div>
  );
}
