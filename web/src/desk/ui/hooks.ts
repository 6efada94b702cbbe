import { useEffect, useState } from "preact/hooks";
import type { Desk } from "../core/desk";
import type { State } from "../core/state";

/** The state of the desk; draws again when it changes. */
export function useDesk(desk: Desk): State {
  const [state, show] = useState(desk.state);
  useEffect(() => {
    show(desk.state);
    return desk.store.subscribe(() => show(desk.state));
  }, [desk]);
  return state;
}

/** The time, milliseconds; draws again at every step of it. */
export function useNow(step = 1000): number {
  const [now, tick] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => tick(Date.now()), step);
    return () => clearInterval(timer);
  }, [step]);
  return now;
}

/** Calls back for an event of the window. */
export function useWindow(name: string, listener: () => void): void {
  useEffect(() => {
    window.addEventListener(name, listener);
    return () => window.removeEventListener(name, listener);
  });
}

/** How wide the window is. */
export function useWidth(): number {
  const [width, set] = useState(window.innerWidth);
  useWindow("resize", () => set(window.innerWidth));
  return width;
}
