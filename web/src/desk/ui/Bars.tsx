import { useEffect, useRef } from "preact/hooks";
import { t } from "../words";

export interface Series {
  name: string;
  values: number[];
}

interface Props {
  title: string;
  axis: string;
  labels: string[];
  series: Series[];
}

/** A bar chart, drawn by uPlot, which comes only to those who look at charts; the same numbers as a table. */
export function Bars({ title, axis, labels, series }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const numbers = JSON.stringify([labels, series]);
  useEffect(() => {
    let wanted = true;
    let clear = () => {};
    void import("../chart").then(({ bars }) => {
      if (wanted && box.current) clear = bars(box.current, labels, series);
    });
    return () => {
      wanted = false;
      clear();
    };
  }, [numbers]);
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <p class="legend" aria-hidden="true">
        {series.length > 1 && series.map((one, i) => <span key={one.name}><i class={`key-${i}`} />{one.name}</span>)}
      </p>
      <div class="plot" ref={box} aria-hidden="true" />
      <details>
        <summary>{t("overview.asTable")}</summary>
        <table>
          <thead><tr><th>{axis}</th>{series.map((one) => <th key={one.name}>{one.name}</th>)}</tr></thead>
          <tbody>
            {labels.map((label, i) => (
              <tr key={label}><th scope="row">{label}</th>{series.map((one) => <td key={one.name}>{one.values[i]}</td>)}</tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
