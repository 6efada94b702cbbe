import { useEffect, useState } from "preact/hooks";
import type { State } from "../core/board";
import type { Chat } from "../core/chat";

/** The state of the chat; draws again when it changes. */
export function useChat(chat: Chat): State {
  const [state, show] = useState(chat.state);
  useEffect(() => {
    show(chat.state);
    return chat.subscribe(() => show(chat.state));
  }, [chat]);
  return state;
}
