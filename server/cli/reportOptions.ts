/** Options that say how a report looks and when it fails: the same for all commands that report. */
import { SEVERITIES, type Severity } from '../core/index';
import { closest } from './closest';
import { FORMATS, type Format } from './reporters/reporter';
import { type Arguments, choice, mistake, type OptionSpecs, type Parsed, value } from './usage';

export const FAIL_ON = [...SEVERITIES, 'never'] as const;

export interface ReportWishes {
  /** Of the report on standard output, or in `file`. */
  readonly format: Format;
  /** Where the report goes instead of standard output. */
  readonly file: string | undefined;
  /** More reports. */
  readonly outputs: readonly OutputWish[];
  /** Undefined: as the project's settings say, else warnings and worse. */
  readonly minSeverity: Severity | undefined;
  readonly failOn: (typeof FAIL_ON)[number];
  readonly isQuiet: boolean;
  readonly hasStatistics: boolean;
  readonly listsKnown: boolean;
}

export interface OutputWish {
  readonly format: Format;
  readonly file: string;
}

export const REPORT_OPTIONS = {
  format: { type: 'string', short: 'f' },
  output: { type: 'string', short: 'o', multiple: true },
  'min-severity': { type: 'string' },
  'fail-on': { type: 'string' },
  quiet: { type: 'boolean', short: 'q' },
  statistics: { type: 'boolean' },
  'include-known': { type: 'boolean' },
} as const satisfies OptionSpecs;

export const REPORT_HELP = `  -f, --format FORMAT            text (default), json, sarif, github, gitlab or junit
  -o, --output FILE              write the report to FILE
      --output FORMAT=FILE       write one more report; may be repeated
      --min-severity SEVERITY    error, warning, information or hint: report these
                                 and worse (default: as configured, or warning)
      --fail-on SEVERITY|never   exit with 1 for findings this bad or worse
                                 (default: error)
  -q, --quiet                    findings only: no summary, no notes
      --statistics               how often each rule found something, not where
      --include-known            in SARIF, also list what the baseline or comments
                                 switch off, marked as suppressed`;

export function parseReportOptions(args: Arguments): Parsed<ReportWishes> {
  const format = choice('format', args.text('format'), FORMATS, 'text');
  if (format.kind === 'mistake') return format;
  const mildest = args.text('min-severity');
  const minSeverity = choice('min-severity', mildest, SEVERITIES, 'warning');
  if (minSeverity.kind === 'mistake') return minSeverity;
  const failOn = choice('fail-on', args.text('fail-on'), FAIL_ON, 'error');
  if (failOn.kind === 'mistake') return failOn;
  const outputs = parseOutputs(args.list('output'));
  if (outputs.kind === 'mistake') return outputs;
  const hasStatistics = args.flag('statistics');
  if (hasStatistics && format.value !== 'text') return mistake('--statistics goes with --format text only.');
  return value({
    format: format.value,
    ...outputs.value,
    minSeverity: mildest === undefined ? undefined : minSeverity.value,
    failOn: failOn.value,
    isQuiet: args.flag('quiet'),
    hasStatistics,
    listsKnown: args.flag('include-known'),
  });
}

/** `FORMAT=FILE`, or one FILE; a name with `=` in it is written as `./a=b`. */
function parseOutputs(given: readonly string[]): Parsed<Pick<ReportWishes, 'file' | 'outputs'>> {
  const outputs: OutputWish[] = [];
  let file: string | undefined;
  for (const text of given) {
    const [, name, path] = /^([a-z]+)=(.*)$/s.exec(text) ?? [];
    const format = FORMATS.find((each) => each === name);
    if (text === '' || path === '') return mistake('--output needs the name of a file.');
    if (format !== undefined && path !== undefined) outputs.push({ format, file: path });
    else if (name !== undefined) {
      const guess = closest(name, FORMATS);
      return mistake(
        `--output ${text}: there is no format "${name}".${guess === undefined ? '' : ` Did you mean ${guess}?`}`,
      );
    } else if (file !== undefined)
      return mistake(`--output names two files without a format. Say --output FORMAT=${text}.`);
    else file = text;
  }
  return value({ file, outputs });
}
