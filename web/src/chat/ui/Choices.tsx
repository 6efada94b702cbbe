import type { Chat } from "../core/chat";
import type { Config, Message } from "../core/types";
import { t } from "../i18n";

interface Props {
  message: Message;
  last: boolean;
  titles: Config["titles"] | undefined;
  chat: Chat;
}

/** Quick replies. Those that steer (不清楚, 跳过, 上一步) are set apart from the answers. */
export function Choices({ message, last, titles, chat }: Props) {
  const steering = titles ? [titles.unknown, titles.skip, titles.back] : [];
  return (
    <div class={`choices${last ? "" : " lesser"}`} role="group" aria-label={t("choices")}>
      {message.choices.map((choice) => (
        <button key={choice.id} type="button" class={`choice${steering.includes(choice.title) ? " steer" : ""}`}
          onClick={() => chat.choose(choice.id, choice.title)}>
          {choice.title}
        </button>
      ))}
    </div>
  );
}
