/** Bar charts by uPlot (22 KB, no dependencies, canvas). */

import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Series } from "./ui/Bars";

const HEIGHT = 200;
const GAP = 0.16;

/** Draws groups of bars into an element, again when its width or the colours change; gives the function that stops it. */
export function bars(box: HTMLElement, labels: string[], series: Series[]): () => void {
  let plot: uPlot | null = null;
  const draw = () => {
    plot?.destroy();
    plot = new uPlot(options(box.clientWidth, labels, series), data(labels, series), box);
  };
  const watch = new ResizeObserver(() => plot?.setSize({ width: box.clientWidth, height: HEIGHT }));
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  draw();
  watch.observe(box);
  dark.addEventListener("change", draw);
  return () => {
    watch.disconnect();
    dark.removeEventListener("change", draw);
    plot?.destroy();
  };
}

/** One x for all series; each series' bars are shifted inside their group by `disp`. */
function data(labels: string[], series: Series[]): uPlot.AlignedData {
  return [labels.map((_, i) => i), ...series.map((one) => one.values)];
}

function options(width: number, labels: string[], series: Series[]): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const top = Math.max(4, ...series.flatMap((one) => one.values));
  const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, font: "12px system-ui" };
  return {
    width, height: HEIGHT, legend: { show: false }, cursor: { show: false }, padding: [8, 8, 0, 0],
    scales: { x: { time: false, range: [-0.5, labels.length - 0.5] }, y: { range: [0, Math.ceil(top * 1.1)] } },
    axes: [
      { ...axis, grid: { show: false }, ticks: { show: false }, splits: labels.map((_, i) => i), values: () => labels, size: 28 },
      { ...axis, size: 36, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500] },
    ],
    series: [{}, ...series.map((one, i) => bar(one.name, colour(`--chart-${i}`), i, series.length, labels.length))],
  };
}

function bar(label: string, fill: string, index: number, count: number, groups: number): uPlot.Series {
  const size = (1 - 2 * GAP) / count;
  const disp: uPlot.Series.BarsPathBuilderOpts["disp"] = {
    x0: { unit: 1, values: () => Array.from({ length: groups }, (_, i) => i - 0.5 + GAP + index * size) },
    size: { unit: 1, values: () => Array.from({ length: groups }, () => size * 0.9) },
  };
  return { label, fill, width: 0, points: { show: false }, paths: uPlot.paths.bars!({ disp }) };
}
