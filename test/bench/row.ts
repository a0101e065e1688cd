/** One line of the benchmark's table: what was measured, against which promise and beside what. */

export interface Samples {
  readonly n: number;
  readonly median: number;
  readonly p95: number;
}

export interface Row {
  readonly what: string;
  readonly unit: 'ms' | 's' | 'MB' | 'KB' | '%';
  readonly budget?: number;
  readonly measured?: Samples;
  readonly anchor?: { readonly what: string; readonly measured?: Samples };
  /** Ours to the anchor's p95 (below 1: we are faster), and what was promised. */
  readonly ratio?: { readonly value: number; readonly limit: number };
  /** Absent where nothing was promised or measured. */
  readonly isWithin?: boolean;
  readonly note?: string;
}

export function toSamples(values: readonly number[]): Samples {
  const sorted = [...values].sort((a, b) => a - b);
  return { n: sorted.length, median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
}

/** Fills in the ratio and the verdict: p95 within the budget, and the ratio within its limit where there is one. */
export function judge(row: Row, ratioLimit?: number): Row {
  const { budget, measured, anchor } = row;
  if (measured === undefined) return row;
  const isBudgetKept = budget === undefined || measured.p95 <= budget;
  if (ratioLimit === undefined || anchor?.measured === undefined) {
    return budget === undefined ? row : { ...row, isWithin: isBudgetKept };
  }
  const value = measured.p95 / anchor.measured.p95;
  return { ...row, ratio: { value, limit: ratioLimit }, isWithin: isBudgetKept && value <= ratioLimit };
}

export function printTable(rows: readonly Row[]): string {
  const header = ['What', 'Budget', 'Median', 'p95', 'Anchor (median / p95)', 'Ratio', 'Verdict'];
  const lines = rows.map((row) => [
    row.what,
    row.budget === undefined ? '–' : `≤ ${row.budget} ${row.unit}`,
    row.measured === undefined ? '–' : format(row.measured.median, row.unit),
    row.measured === undefined ? '–' : format(row.measured.p95, row.unit),
    anchorText(row),
    row.ratio === undefined
      ? '–'
      : `${row.ratio.value.toFixed(2)}× (≤ ${Number(row.ratio.limit.toFixed(2))}×)`,
    row.isWithin === undefined ? '–' : row.isWithin ? 'ok' : 'OVER',
  ]);
  const widths = header.map((name, column) =>
    Math.max(...[header, ...lines].map((line) => line[column]?.length ?? name.length)),
  );
  const toLine = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  const notes = rows.flatMap((row) => (row.note === undefined ? [] : [`${row.what}: ${row.note}`]));
  return [toLine(header), rule, ...lines.map(toLine), '', ...notes].join('\n').trimEnd();
}

function anchorText({ anchor, unit }: Row): string {
  if (anchor === undefined) return '–';
  if (anchor.measured === undefined) return anchor.what;
  const { median, p95 } = anchor.measured;
  return `${anchor.what}: ${format(median, unit)} / ${format(p95, unit)}`;
}

function format(value: number, unit: Row['unit']): string {
  return `${value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)} ${unit}`;
}

/** Of sorted values; between two of them it interpolates. */
function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const low = sorted[Math.floor(position)] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? low;
  return low + (high - low) * (position - Math.floor(position));
}
