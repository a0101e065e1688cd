/** Short notations for what the Jinja parser finds, so that expectations fit on a line. */
import { readdirSync, readFileSync } from 'node:fs';
import type {
  HtmlContext,
  JinjaArgument,
  JinjaExpression,
  Template,
  TemplateNode,
} from '../../../server/core/syntax/jinja/ast';
import { parseTemplate } from '../../../server/core/syntax/jinja/parse';
import { bodiesOf } from '../../../server/core/syntax/jinja/walk';

const TEMPLATES = new URL('./templates/', import.meta.url);

/** The realistic templates: name and text. */
export function realTemplates(): readonly { readonly name: string; readonly text: string }[] {
  return readdirSync(TEMPLATES).map((name) => ({
    name,
    text: readFileSync(new URL(name, TEMPLATES), 'utf8'),
  }));
}

/** `text p`, `attr a.href" url /u/`, `script 'json' "`; the parts that are empty are left out. */
export function showContext(context: HtmlContext): string {
  return rawContext(context).replaceAll('\uFFFC', '□');
}

function rawContext(context: HtmlContext): string {
  switch (context.kind) {
    case 'text':
    case 'rcdata':
    case 'tag':
      return `${context.kind} ${context.element}`.trim();
    case 'comment':
    case 'style':
      return context.kind;
    case 'script': {
      const type = context.type === undefined ? '' : ` ${context.type}`;
      return `script${type}${context.stringQuote && ` ${context.stringQuote}`}${context.isInComment ? ' comment' : ''}`;
    }
    case 'attribute': {
      const role = context.role === 'plain' ? '' : ` ${context.role}`;
      const js = context.stringQuote && ` js${context.stringQuote}`;
      const prefix = context.prefix && ` [${context.prefix}]`;
      return `attr ${context.element}.${context.name}${context.quote}${role}${js}${prefix}`;
    }
  }
}

export function contextsOf(text: string): readonly string[] {
  return parseTemplate(text).outputs.map((output) => showContext(output.context));
}

/** An expression as a list: `(filter (. user name) truncate 20)`. */
export function showExpression(node: JinjaExpression | undefined): string {
  if (node === undefined) return '_';
  switch (node.kind) {
    case 'Name':
      return node.name;
    case 'Literal':
      return JSON.stringify(node.value);
    case 'Attribute':
      return `(. ${showExpression(node.object)} ${node.name})`;
    case 'Item':
      return list('item', node.object, node.index);
    case 'Slice':
      return list('slice', node.lower, node.upper, node.step);
    case 'Call':
      return `(call ${showExpression(node.func)}${showArguments(node.args)})`;
    case 'Filter':
      return `(filter ${showExpression(node.input)} ${node.name}${showArguments(node.args)})`;
    case 'Test': {
      const test = `(test ${showExpression(node.input)} ${node.name}${showArguments(node.args)})`;
      return node.isNegated ? `(not ${test})` : test;
    }
    case 'Binary':
      return list(node.op, node.left, node.right);
    case 'Unary':
      return list(node.op, node.operand);
    case 'Conditional':
      return list('if', node.test, node.body, node.orelse);
    case 'List':
    case 'Tuple':
      return list(node.kind.toLowerCase(), ...node.elements);
    case 'Dict':
      return `(dict${node.entries.map((each) => ` ${showExpression(each.key)}:${showExpression(each.value)}`).join('')})`;
    case 'Error':
      return list('error', ...node.children);
  }
}

function list(head: string, ...parts: readonly (JinjaExpression | undefined)[]): string {
  return `(${[head, ...parts.map(showExpression)].join(' ')})`;
}

function showArguments(args: readonly JinjaArgument[]): string {
  return args
    .map((each) => ` ${each.name === undefined ? each.star : `${each.name}=`}${showExpression(each.value)}`)
    .join('');
}

/** The kinds of a tree with their bodies: `If(Output Text)(Text)`; texts of white space are left out. */
export function showTree(template: Template): string {
  const showBody = (body: readonly TemplateNode[]): string =>
    body
      .filter((node) => node.kind !== 'Text' || template.text.slice(node.start, node.end).trim() !== '')
      .map(
        (node) =>
          node.kind +
          bodiesOf(node)
            .map((inner) => `(${showBody(inner)})`)
            .join(''),
      )
      .join(' ');
  return showBody(template.body);
}

/** The sources of all outputs. */
export function outputTexts(text: string): readonly string[] {
  return parseTemplate(text).outputs.map((output) => text.slice(output.start, output.end));
}
