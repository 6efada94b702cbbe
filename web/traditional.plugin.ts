import * as OpenCC from "opencc-js/cn2t";
import type { Plugin } from "vite";
import { words } from "./src/chat/words";

const NAME = "virtual:words-hant";

/** The page's words in Traditional characters, so that no dictionary (450 KB) travels to a phone. */
export function traditional(): Plugin {
  return {
    name: "traditional",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load(id) {
      if (id !== `\0${NAME}`) return null;
      const convert = OpenCC.Converter({ from: "cn", to: "tw" });
      const made = Object.entries(words).map(([key, text]) => [key, convert(text)]);
      return `export default ${JSON.stringify(Object.fromEntries(made))}`;
    },
  };
}
