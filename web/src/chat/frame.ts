/** Inside the frame of another site: Escape closes it, and news are announced, without their words. */

const framed = window.parent !== window;

function tell(what: "close" | "news"): void {
  if (framed) window.parent.postMessage({ houlu: what }, "*");
}

export function closeOnEscape(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) tell("close");
  });
}

export const tellNews = (): void => tell("news");
