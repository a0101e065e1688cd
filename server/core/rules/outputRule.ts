/** Makes the rule of the usual form for templates: what an output writes lands where escaping is not enough. */
import { extension } from '../base/filePath';
import type { OutputHit } from '../flow/templates';
import { activeTaints, isUnknownFor, type Taint } from '../flow/values';
import type { SinkKind } from '../knowledge/kinds';
import type { FileContext } from './context';
import type { FixOutcome, FixSafety, RawFinding, Rule, RuleDoc, Severity } from './rule';

export interface OutputRuleSpec {
  readonly id: string;
  readonly title: string;
  readonly kind: SinkKind;
  readonly severity?: Severity;
  readonly fixSafety?: FixSafety;
  readonly doc: RuleDoc;
  /** Whether an output stands in a place that the rule is about. */
  accepts(hit: OutputHit, context: FileContext): boolean;
  /** Taints that count, of those that are not safe for the kind; all when left out. */
  counts?(taint: Taint): boolean;
  /** A milder severity for places where less harm is done; default `severity`. */
  severityOf?(hit: OutputHit): Severity;
  /** One sentence, fact first; `label` is the source as written. */
  message(label: string, hit: OutputHit): string;
  /** What is said of a value whose origin is not known; undefined: it is left alone. */
  unknown?(hit: OutputHit): { readonly severity: Severity; readonly message: string } | undefined;
  /** The kind that counts for one output, where a filter helps in some places only; default `kind`. */
  kindOf?(hit: OutputHit): SinkKind;
  /** For the last step of the path. */
  readonly effect: string;
  fix?(context: FileContext, hit: OutputHit, isProven: boolean): readonly FixOutcome[];
}

export function outputRule(spec: OutputRuleSpec): Rule {
  const { id, title, kind, doc, fixSafety, fix } = spec;
  const hitsOf = (context: FileContext): readonly OutputHit[] =>
    isPage(context) ? context.outputs().filter((hit) => hit.value.taints.length > 0) : [];
  return {
    id,
    title,
    kind,
    severity: spec.severity ?? 'error',
    ...(fixSafety === undefined ? {} : { fixSafety }),
    doc,
    *checkTemplate(context) {
      for (const hit of hitsOf(context)) if (spec.accepts(hit, context)) yield* findings(context, spec, hit);
    },
    ...(fix === undefined
      ? {}
      : {
          fix(context: FileContext, finding: RawFinding): readonly FixOutcome[] {
            const hit = hitsOf(context).find(({ output }) => output.start === finding.range.start);
            return hit === undefined ? [] : fix(context, hit, finding.path.length > 0);
          },
        }),
  };
}

function* findings(context: FileContext, spec: OutputRuleSpec, hit: OutputHit): Generator<RawFinding> {
  const range = { start: hit.output.start, end: hit.output.end };
  const kind = spec.kindOf?.(hit) ?? spec.kind;
  const taint = activeTaints(hit.value, kind).find((active) => spec.counts?.(active) ?? true);
  if (taint !== undefined)
    yield {
      range,
      message: spec.message(taint.label, hit),
      ...(spec.severityOf === undefined ? {} : { severity: spec.severityOf(hit) }),
      confidence: 'high',
      path: context.flow(taint, { file: context.file, range }, spec.effect),
    };
  else if (isUnknownFor(hit.value, kind)) {
    const said = spec.unknown?.(hit);
    if (said !== undefined)
      yield { range, ...said, confidence: said.severity === 'warning' ? 'medium' : 'low', path: [] };
  }
}

/** The expression as a person wrote it, for messages. */
export function outputText({ text }: FileContext, { output }: OutputHit): string {
  const { start, end } = output.expression;
  const folded = text.slice(start, end).replace(/\s+/g, ' ');
  return folded.length > 60 ? `${folded.slice(0, 59)}…` : folded;
}

/** Texts that no browser reads as a page. */
const OTHER_TEXTS = new Set(['txt', 'md', 'css', 'js', 'json', 'csv', 'eml']);

/** True for templates of pages; in plain text, angle brackets mean nothing. */
export function isPage({ file }: Pick<FileContext, 'file'>): boolean {
  return !OTHER_TEXTS.has(extension(file));
}
