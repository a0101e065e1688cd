/** Templates that are written as strings in Python, for `render_template_string`. */
import type { FilePath } from '../base/filePath';
import type { Range } from '../base/range';
import type { Project } from '../model/project';
import { enclosingFunction, type Site } from '../model/scope';
import { type Binding, scopeOf } from '../model/scopes';
import type { Template } from '../syntax/jinja/ast';
import { parseTemplate } from '../syntax/jinja/parse';
import type { Expression, StringExpression, UnitTree } from '../syntax/python/ast';
import { baseOf } from './machine';

/** The string that is rendered, in the unit where it stands. */
export interface TemplateSource {
  readonly tree: UnitTree;
  readonly node: StringExpression;
}

/** A template whose offsets are those of the Python file around it. */
export interface EmbeddedTemplate {
  readonly template: Template;
  /** Between the quotes. */
  readonly content: Range;
  readonly quote: string;
  readonly isRaw: boolean;
}

/** Stands for the templates in a file where names of templates are asked for; no template has such a name. */
export function embeddedName(file: FilePath): string {
  return `\0${file}`;
}

/** The string literal behind an argument: written there, or the only value of a variable in the same file. */
export function templateSource(
  argument: Expression,
  site: Site,
  project: Project,
): TemplateSource | undefined {
  if (argument.kind === 'String') return isPlain(argument) ? { tree: site.tree, node: argument } : undefined;
  if (argument.kind !== 'Name') return undefined;
  const owner = enclosingFunction(site);
  const local = owner === undefined ? undefined : scopeOf(owner).bindings.get(argument.id);
  if (local !== undefined) return sourceIn(local, site.tree);
  const bound = project.bindingsOf(site.file, argument.id);
  return bound[0] === undefined
    ? undefined
    : sourceIn(
        bound.map(({ binding }) => binding),
        bound[0].tree,
      );
}

function sourceIn(bindings: readonly Binding[], tree: UnitTree): TemplateSource | undefined {
  const [binding, ...others] = bindings;
  if (binding?.kind !== 'value' || binding.access.kind !== 'whole' || others.length > 0) return undefined;
  const { value } = binding;
  return value.kind === 'String' && isPlain(value) ? { tree, node: value } : undefined;
}

/** One literal without holes, in which every character of the template has its place. */
function isPlain({ isBytes, isTemplate, tokens }: StringExpression): boolean {
  const [token, ...others] = tokens;
  return (
    !isBytes &&
    !isTemplate &&
    token !== undefined &&
    others.length === 0 &&
    !token.isFormat &&
    !token.isUnterminated
  );
}

const cache = new WeakMap<StringExpression, EmbeddedTemplate>();

/** Reads the template where it stands; undefined for one with escapes that change its syntax. */
export function embeddedTemplate(
  project: Project,
  file: FilePath,
  { tree, node }: TemplateSource,
): EmbeddedTemplate | undefined {
  const text = project.module(file)?.text;
  const base = baseOf(project, file, tree);
  const [token] = node.tokens;
  if (text === undefined || base === undefined || token === undefined) return undefined;
  const { quote, isRaw, prefix } = token;
  const content = {
    start: base + token.start + prefix.length + quote.length,
    end: base + token.end - quote.length,
  };
  const known = cache.get(node);
  if (known !== undefined && known.content.start === content.start) return known;
  const source = masked(text.slice(content.start, content.end), isRaw);
  if (source === undefined) return undefined;
  const embedded = { template: parseTemplate(' '.repeat(content.start) + source), content, quote, isRaw };
  cache.set(node, embedded);
  return embedded;
}

/** The text with its escapes written as what they stand for and a blank, so that every character keeps its place. */
function masked(source: string, isRaw: boolean): string | undefined {
  if (isRaw || !source.includes('\\')) return source;
  if (/\\(?:[xuUN0-7])/.test(source.replace(/\\\\/g, ''))) return undefined;
  return source.replace(/\\([\s\S])/g, (_, char: string) => ` ${/["'\\]/.test(char) ? char : ' '}`);
}
