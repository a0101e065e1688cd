/** Makes the rule of the usual form: request data reaches a sink of one kind. */
import { innermost } from '../flow/handedOver';
import { shownName } from '../flow/lambdas';
import type { SinkHit, WriteHit } from '../flow/machine';
import { activeTaints, isTainted, isUnknownFor, type Taint } from '../flow/values';
import type { Kind, SinkKind } from '../knowledge/kinds';
import type { Site } from '../model/scope';
import type { Expression } from '../syntax/python/ast';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome, FixSafety, RawFinding, Rule, RuleDoc, Severity } from './rule';
import { isLocal } from './sourceOf';

export interface FlowRuleSpec {
  readonly id: string;
  readonly title: string;
  readonly kind: SinkKind;
  /** What the rule is about, where that is less than all sinks of the kind; default the kind. */
  readonly about?: Kind;
  readonly severity?: Severity;
  readonly fixSafety?: FixSafety;
  readonly doc: RuleDoc;
  /** One sentence, fact first; `label` is the source as written, such as `request.args["name"]`. */
  message(label: string, hit: SinkHit | WriteHit): string;
  /** The effect of the sinks that belong to this rule, where several rules share a kind; all when left out. */
  readonly only?: string;
  /** The same for sinks by what else is known of them. */
  accepts?(hit: SinkHit, context: FileContext): boolean;
  acceptsWrite?(hit: WriteHit): boolean;
  /** Taints that count, of those that are not safe for the kind; all when left out. */
  counts?(taint: Taint): boolean;
  /** What is hinted at where a value of unknown origin is all that reaches the sink; default nothing. */
  suspicion?(hit: SinkHit): string | undefined;
  /** A milder severity for sinks that do less harm; default `severity`. */
  severityOf?(hit: SinkHit | WriteHit, taint: Taint, context: FileContext): Severity;
  /** What happens at the sink, for the last step of the path; default from the knowledge row. */
  readonly effect?: string;
  fix?(context: FileContext, hit: SinkHit): readonly FixOutcome[];
  /** The fix changes only how the value is put together, so it does the same for a call that hands it to a helper. */
  readonly fixesCallers?: boolean;
  /** The same where the sink is written to; such findings have no fix when it is left out. */
  fixWrite?(context: FileContext, hit: WriteHit): readonly FixOutcome[];
}

export function flowRule(spec: FlowRuleSpec): Rule {
  const { id, title, kind, doc, fixSafety } = spec;
  const isMeant = ({ row }: SinkHit | WriteHit) => spec.only === undefined || spec.only === row.effect;
  const hitsOf = (context: FileContext) =>
    context
      .sinkHits(kind)
      // What nothing untrusted reaches is most of it, and this is cheap to see.
      .filter((hit) => isMeant(hit) && isTainted(hit.value, kind) && (spec.accepts?.(hit, context) ?? true));
  const writesOf = (context: FileContext) =>
    context.writeHits(kind).filter((hit) => isMeant(hit) && (spec.acceptsWrite?.(hit) ?? true));
  const { fix } = spec;
  return {
    id,
    title,
    kind: spec.about ?? kind,
    severity: spec.severity ?? 'error',
    ...(fixSafety === undefined ? {} : { fixSafety }),
    doc,
    *check(context) {
      for (const hit of hitsOf(context)) yield* findings(context, spec, hit, hit.argument, hit.isTyped);
      for (const hit of writesOf(context)) yield* findings(context, spec, hit, hit.target, true);
      if (!context.isTest) yield* suspicions(context, spec);
    },
    ...(fix === undefined
      ? {}
      : {
          fix(context: FileContext, finding: RawFinding): readonly FixOutcome[] {
            const hit = hitsOf(context).find((each) => isAt(context, each.site, each.argument, finding));
            if (hit?.handed !== undefined && spec.fixesCallers !== true)
              return [refused(`\`${shownName(hit.handed.helper)}\` sends the value`)];
            if (hit !== undefined) return fix(context, hit);
            const write = writesOf(context).find((each) => isAt(context, each.site, each.target, finding));
            return write === undefined ? [] : (spec.fixWrite?.(context, write) ?? []);
          },
        }),
  };
}

function* suspicions(context: FileContext, spec: FlowRuleSpec): Generator<RawFinding> {
  if (spec.suspicion === undefined) return;
  for (const hit of context.sinkHits(spec.kind)) {
    // A method of an object whose type is a guess is no ground for a guess about its argument.
    if (!hit.isTyped || !isUnknownFor(hit.value, spec.kind) || isTainted(hit.value, spec.kind)) continue;
    const message = spec.accepts?.(hit, context) === false ? undefined : spec.suspicion(hit);
    if (message === undefined) continue;
    const range = context.rangeOf(hit.site.tree, hit.argument);
    yield { range, message, severity: 'hint', confidence: 'low', path: [] };
  }
}

function* findings(
  context: FileContext,
  spec: FlowRuleSpec,
  hit: SinkHit | WriteHit,
  node: Expression,
  isTyped: boolean,
): Generator<RawFinding> {
  const taints = activeTaints(hit.value, spec.kind).filter((active) => spec.counts?.(active) ?? true);
  // What a visitor sends is worse.
  const taint = taints.find((active) => !isLocal(active)) ?? taints[0];
  if (taint === undefined) return;
  const local = isLocal(taint);
  if (local && !takesLocal(hit)) return;
  const message = local ? LOCAL_MESSAGES[spec.kind]?.(taint.label) : spec.message(taint.label, hit);
  if (message === undefined) return;
  yield {
    range: context.rangeOf(hit.site.tree, node),
    message,
    ...(local && !context.isTest ? { severity: 'warning' } : severityOf(context, spec, hit, taint)),
    confidence: isTyped ? 'high' : 'medium',
    path: pathOf(context, spec, hit, node, taint),
  };
}

/** For the kinds that count where no visitor but the person at the keyboard says what is done. */
const LOCAL_MESSAGES: Partial<Record<SinkKind, (label: string) => string>> = {
  code: (label) => `This code depends on \`${label}\`, which whoever starts this program controls.`,
  command: (label) => `This command depends on \`${label}\`, which whoever starts this program controls.`,
  sql: (label) => `This SQL query depends on \`${label}\`, which whoever starts this program controls.`,
};

/** A program that starts what it is told to start is made for that. */
function takesLocal({ row }: SinkHit | WriteHit): boolean {
  return row.kind !== 'command' || row.effect === 'is run as a shell command';
}

/** What tests do with what tests send harms nobody. */
function severityOf(
  context: FileContext,
  spec: FlowRuleSpec,
  hit: SinkHit | WriteHit,
  taint: Taint,
): { severity?: Severity } {
  if (context.isTest) return { severity: 'hint' };
  return spec.severityOf === undefined ? {} : { severity: spec.severityOf(hit, taint, context) };
}

function pathOf(
  context: FileContext,
  spec: FlowRuleSpec,
  hit: SinkHit | WriteHit,
  node: Expression,
  taint: Taint,
) {
  const sent = 'argument' in hit ? innermost(hit) : undefined;
  const { file, tree } = sent?.site ?? { file: context.file, tree: hit.site.tree };
  const place = { file, tree, range: sent?.argument ?? node };
  const name = 'callee' in hit ? hit.callee.slice(hit.callee.lastIndexOf('.') + 1) : hit.path;
  return context.flow(taint, place, spec.effect ?? hit.row.effect ?? `reaches \`${name}\``);
}

function isAt(context: FileContext, { tree }: Site, node: Expression, finding: RawFinding): boolean {
  const range = context.rangeOf(tree, node);
  return range.start === finding.range.start && range.end === finding.range.end;
}
