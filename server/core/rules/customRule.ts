/** Rules that a user writes as data: untrusted data that reaches some call, or a call with some argument. */
import type { MisuseHit, SinkHit } from '../flow/machine';
import { activeTaints } from '../flow/values';
import type { SinkKind } from '../knowledge/kinds';
import type { FileContext } from './context';
import type { RawFinding, Rule, Severity } from './rule';

export interface CustomRuleSpec {
  readonly id: string;
  readonly title: string;
  readonly kind: SinkKind;
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
}

export function customRule({ id, title, kind, severity, message, help }: CustomRuleSpec): Rule {
  return {
    id,
    title,
    kind,
    severity,
    doc: { happens: help, vulnerable: {}, safe: {}, why: '', limits: '', references: [] },
    *check(context) {
      for (const hit of context.sinkHits(kind, id)) yield* sinkFinding(context, hit, message);
      for (const hit of context.misuses(CUSTOM_FAULT, id)) yield misuseFinding(context, hit, message);
    },
  };
}

/** Rows of custom rules need some kind; their rule's id is what tells them. */
export const CUSTOM_FAULT = 'shell';

function* sinkFinding(context: FileContext, hit: SinkHit, message: string): Generator<RawFinding> {
  const [taint] = activeTaints(hit.value, hit.row.kind);
  if (taint === undefined) return;
  const place = { file: context.file, tree: hit.site.tree, range: hit.argument };
  const name = hit.callee.slice(hit.callee.lastIndexOf('.') + 1);
  yield {
    range: context.rangeOf(hit.site.tree, hit.argument),
    message,
    ...(context.isTest ? { severity: 'hint' } : {}),
    confidence: 'high',
    path: context.flow(taint, place, hit.row.effect ?? `reaches \`${name}\``),
  };
}

function misuseFinding(context: FileContext, hit: MisuseHit, message: string): RawFinding {
  return {
    range: context.rangeOf(hit.site.tree, hit.place),
    message,
    ...(context.isTest ? { severity: 'hint' } : {}),
    confidence: 'high',
    path: [],
  };
}
