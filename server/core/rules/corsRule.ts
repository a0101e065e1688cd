/** Makes the two rules about who may read the app's answers: calls of Flask-CORS, headers and settings. */
import type { ConfigEntry } from '../model/appConfig';
import type { Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import type { FileContext } from './context';
import { fixCall, fixHeader, saysItself } from './corsCalls';
import { type OpenHeader, openHeaders } from './corsHeaders';
import type { RawFinding, Rule } from './rule';

export interface CorsRuleSpec extends Omit<Rule, 'check' | 'checkUnit' | 'fix' | 'kind'> {
  readonly kind: 'cors' | 'corsCredentials';
  readonly callMessage: string;
  headerMessage(header: OpenHeader): string;
}

export function corsRule({ callMessage, headerMessage, ...spec }: CorsRuleSpec): Rule {
  const isWithCredentials = spec.kind === 'corsCredentials';
  const hitsOf = (context: FileContext) =>
    context.isTest ? [] : context.misuses(spec.kind).filter((hit) => saysItself(hit, context));
  const headersOf = (context: FileContext) =>
    context.isTest
      ? []
      : openHeaders(context).filter((header) => header.isWithCredentials === isWithCredentials);
  const at = (range: RawFinding['range'], message: string): RawFinding => ({
    range,
    message,
    confidence: 'high',
    path: [],
  });
  return {
    ...spec,
    *check(context) {
      for (const hit of hitsOf(context)) yield at(context.rangeOf(hit.site.tree, hit.place), callMessage);
      for (const header of headersOf(context))
        yield at(context.rangeOf(header.tree, header.value), headerMessage(header));
      for (const { site, value } of openSettings(context, isWithCredentials))
        yield at(context.rangeOf(site.tree, value), callMessage);
    },
    fix(context, { range }) {
      const isHere = (tree: OpenHeader['tree'], node: Expression) => {
        const own = context.rangeOf(tree, node);
        return own.start === range.start && own.end === range.end;
      };
      const hit = hitsOf(context).find(({ site, place }) => isHere(site.tree, place));
      if (hit !== undefined) return fixCall(context, hit);
      const header = headersOf(context).find(({ tree, value }) => isHere(tree, value));
      return header === undefined ? [] : fixHeader(context, header);
    },
  };
}

/** `CORS_ORIGINS = "*"`. */
function openSettings(context: FileContext, isWithCredentials: boolean): readonly ConfigEntry[] {
  const entries = context.isTest
    ? []
    : context
        .configEntries()
        .filter(({ provenance }) => provenance.kind !== 'class' || !provenance.isForTests);
  const isCredentialed = entries.some(
    ({ key, value }) =>
      key === 'CORS_SUPPORTS_CREDENTIALS' && value.kind === 'Constant' && value.value === 'True',
  );
  if (isCredentialed !== isWithCredentials) return [];
  return entries.filter(({ key, value }) => {
    const texts = value.kind === 'List' ? value.elements.map(literalText) : [literalText(value)];
    return key === 'CORS_ORIGINS' && texts.includes('*');
  });
}
