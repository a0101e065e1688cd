/** A reporter turns a report into text. It reads nothing else and decides nothing. */

import type { Report } from '../report';
import type { Style } from '../style';

export const FORMATS = ['text', 'json', 'sarif', 'github', 'gitlab', 'junit'] as const;
export type Format = (typeof FORMATS)[number];

export interface ReporterContext {
  readonly style: Style;
  /** Width to keep source lines within, in cells. */
  readonly columns: number;
  /** A path of the report as the user would write it. */
  shown(path: string): string;
  /** Findings only. */
  readonly isQuiet: boolean;
  /** List what the baseline or comments switch off too, where the format can mark them. */
  readonly listsKnown: boolean;
}

export type Reporter = (report: Report, context: ReporterContext) => string;
