/** The page is as high as what can be seen: an on-screen keyboard must not cover the input. Older browsers have no
 * `dvh`, and iOS does not shrink the page for its keyboard. */
export function keepHeight(): void {
  const view = window.visualViewport;
  if (!view) return;
  const root = document.documentElement;
  const fit = () => {
    // Zoomed in with two fingers, the page keeps its height.
    if (view.scale < 1.05) root.style.setProperty("--height", `${Math.round(view.height)}px`);
    if (view.height < window.innerHeight) window.scrollTo(0, 0);
  };
  view.addEventListener("resize", fit);
  fit();
}
