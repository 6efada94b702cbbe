import { useEffect, useState } from "preact/hooks";
import * as api from "../core/api";
import type { Desk } from "../core/desk";
import type { Answer } from "../core/types";

const SETTLE_MS = 150;

/** The canned answers for some letters; the server knows pinyin. */
export function useAnswers(desk: Desk, query: string): readonly Answer[] {
  const [found, setFound] = useState<readonly Answer[]>([]);
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(async () => {
      const told = await desk.tried(api.answers(query));
      if (wanted && told) setFound(told.answers);
    }, query ? SETTLE_MS : 0);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [query]);
  return found;
}
