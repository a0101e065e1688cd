/** Builds the tree of a template from its regions, in one pass, and drives the HTML machine along.
 *  Blocks are kept on a stack of our own, so that no depth of nesting can overflow. */
import type { Range } from '../../base/range';
import type {
  IfNode,
  JinjaExpression,
  Output,
  Template,
  TemplateComment,
  TemplateNode,
  TemplateProblem,
} from './ast';
import { ExpressionParser } from './expression';
import type { HtmlMachine } from './htmlMachine';
import { copyHtmlState, type HtmlState } from './htmlState';
import type { Region } from './lexer';
import {
  type BlockName,
  type BlockNode,
  type Draft,
  parseCondition,
  parseStatement,
  reportRest,
} from './statements';
import { TokenStream } from './tokenStream';
import type { Token } from './tokens';

/** Deeper blocks become `Unknown` tags beside each other, so that walking the tree stays safe. */
const MAX_BLOCK_DEPTH = 100;

const CLOSERS: ReadonlyMap<string, BlockName> = new Map(
  (['if', 'for', 'block', 'macro', 'call', 'filter', 'set', 'with', 'autoescape', 'trans'] as const).map(
    (name) => [`end${name}`, name],
  ),
);

interface Frame {
  readonly name: BlockName;
  /** Absent for a block that is too deep to be kept. */
  readonly node: Draft<BlockNode> | undefined;
  readonly tag: Range;
  readonly parentBody: TemplateNode[];
  /** State of the HTML machine in front of the block, where its branches begin or where the text goes on
   *  behind a block that is written elsewhere; absent if the block's body just stands in the text. */
  readonly entry: HtmlState | undefined;
  /** Joined states at the ends of the branches so far. */
  exit: HtmlState | undefined;
  hasElse: boolean;
}

type Tagged = Region & { readonly tokens: readonly Token[]; readonly contentStart: number };

export class TreeBuilder {
  readonly #text: string;
  readonly #machine: HtmlMachine;
  readonly #root: TemplateNode[] = [];
  readonly #outputs: Output[] = [];
  readonly #comments: TemplateComment[] = [];
  readonly #problems: TemplateProblem[] = [];
  readonly #frames: Frame[] = [];
  /** How many blocks of each name are open: tells at once that a closing tag has no partner. */
  readonly #nOpen = new Map<BlockName, number>();
  #body: TemplateNode[] = this.#root;
  #previous: Region | undefined;
  /** Text in front of the region being added whose end may still be stripped. */
  #pendingText: Range | undefined;

  constructor(text: string, machine: HtmlMachine) {
    this.#text = text;
    this.#machine = machine;
  }

  add(region: Region): void {
    this.#feedPending(region.stripsBefore);
    switch (region.kind) {
      case 'text':
        this.#body.push({ kind: 'Text', start: region.start, end: region.end });
        this.#pendingText = this.#stripStart(region);
        break;
      case 'comment':
        this.#addComment(region);
        break;
      case 'raw':
        this.#body.push({ kind: 'Raw', start: region.start, end: region.end });
        this.#machine.feed(region.contentStart, region.contentEnd);
        if (!region.isClosed) this.#problem(region, "This raw block is not closed: expected '{% endraw %}'");
        break;
      case 'output':
        this.#addOutput(region);
        break;
      case 'statement':
        this.#addStatement(region);
        break;
    }
    this.#previous = region;
  }

  finish(): Pick<Template, 'body' | 'outputs' | 'comments' | 'problems'> {
    this.#feedPending(false);
    while (this.#frames.length > 0) this.#abandon(this.#text.length);
    const problems = this.#problems.sort((a, b) => a.start - b.start);
    return { body: this.#root, outputs: this.#outputs, comments: this.#comments, problems };
  }

  #problem(range: Range, message: string): void {
    this.#problems.push({ start: range.start, end: range.end, message });
  }

  // -------------------------------------------------------------- text

  /** `-%}` in front of a text strips the white space it begins with. */
  #stripStart(region: Range): Range {
    let { start } = region;
    if (this.#previous?.stripsAfter === true)
      while (start < region.end && this.#text.charAt(start).trim() === '') start++;
    return { start, end: region.end };
  }

  #feedPending(stripsEnd: boolean): void {
    const pending = this.#pendingText;
    if (pending === undefined) return;
    this.#pendingText = undefined;
    let { end } = pending;
    if (stripsEnd) while (end > pending.start && this.#text.charAt(end - 1).trim() === '') end--;
    this.#machine.feed(pending.start, end);
  }

  // -------------------------------------------------------------- outputs and comments

  #addComment(region: Region & { readonly kind: 'comment' | 'raw' }): void {
    const content = this.#text.slice(region.contentStart, region.contentEnd);
    const node: TemplateComment = { kind: 'Comment', content, start: region.start, end: region.end };
    this.#body.push(node);
    this.#comments.push(node);
    if (!region.isClosed) this.#problem(region, "This comment is not closed: expected '#}'");
  }

  #addOutput(region: Tagged & { readonly isClosed: boolean }): void {
    if (!region.isClosed) this.#problem(region, "This output is not closed: expected '}}'");
    const parser = this.#parser(region);
    this.#pushOutput(region, parser.parseLeftovers(parser.parseTuple()));
  }

  #pushOutput(region: Range, expression: JinjaExpression): void {
    const { start, end } = region;
    const context = this.#machine.output(start);
    const output: Output = { kind: 'Output', expression, context, start, end };
    this.#body.push(output);
    this.#outputs.push(output);
    this.#machine.collect(output);
  }

  #parser(region: Tagged): ExpressionParser {
    return new ExpressionParser(new TokenStream(region.tokens, region.contentStart, this.#problems));
  }

  // -------------------------------------------------------------- statements

  #addStatement(region: Tagged & { readonly isClosed: boolean }): void {
    if (!region.isClosed) this.#problem(region, "This tag is not closed: expected '%}'");
    const parser = this.#parser(region);
    const name = parser.stream.expectName('the name of a tag')?.value ?? '';
    const closes = CLOSERS.get(name);
    if (closes !== undefined) {
      if (closes === 'block' && parser.stream.current?.type === 'name') parser.stream.advance();
      reportRest(parser);
      this.#close(closes, region);
    } else if (name === 'elif' || name === 'else' || name === 'pluralize') this.#branch(name, parser, region);
    else this.#open(name, parser, region);
  }

  #open(name: string, parser: ExpressionParser, region: Range): void {
    const statement = parseStatement(name, parser, region);
    switch (statement.kind) {
      case 'leaf':
        this.#body.push(statement.node);
        if (WRITING_LEAVES.has(statement.node.kind)) this.#machine.statement(region.start);
        return;
      case 'print':
        this.#pushOutput(region, statement.expression);
        return;
      case 'open': {
        const isTooDeep = this.#frames.length >= MAX_BLOCK_DEPTH;
        const node = isTooDeep ? undefined : statement.node;
        const { start, end } = region;
        if (isTooDeep) this.#problem(region, 'Blocks are nested too deeply');
        this.#body.push(node ?? { kind: 'Unknown', name, expressions: [], start, end });
        this.#enter({ name: statement.name, node, tag: { start, end } }, statement.body);
      }
    }
  }

  #enter(block: Pick<Frame, 'name' | 'node' | 'tag'>, body: TemplateNode[]): void {
    if (block.name !== 'set' && block.name !== 'macro') this.#machine.statement(block.tag.start);
    const { name, node, tag } = block;
    const isInPlace = IN_PLACE.has(name);
    const entry = isInPlace ? undefined : copyHtmlState(this.#machine.state);
    this.#frames.push({ name, node, tag, parentBody: this.#body, entry, exit: undefined, hasElse: false });
    this.#nOpen.set(block.name, (this.#nOpen.get(block.name) ?? 0) + 1);
    if (block.node !== undefined) this.#body = body;
    if (block.name === 'macro') this.#machine.reset();
  }

  /** `elif`, `else` and `pluralize` begin another branch of the innermost block that can have one. */
  #branch(name: 'elif' | 'else' | 'pluralize', parser: ExpressionParser, region: Range): void {
    const owners: readonly BlockName[] =
      name === 'elif' ? ['if'] : name === 'else' ? ['if', 'for'] : ['trans'];
    const { start, end } = region;
    const test = name === 'elif' ? parseCondition(parser) : undefined;
    if (name === 'else') reportRest(parser);
    if (owners.every((owner) => (this.#nOpen.get(owner) ?? 0) === 0)) {
      this.#problem(
        region,
        `'${name}' stands outside of ${owners.map((owner) => `'${owner}'`).join(' and ')}`,
      );
      this.#body.push({ kind: 'Unknown', name, expressions: test ? [test] : [], start, end });
      return;
    }
    while (!owners.includes((this.#frames.at(-1) as Frame).name)) this.#abandon(start);
    const frame = this.#frames.at(-1) as Frame;
    const body: TemplateNode[] = [];
    this.#endBranch(frame, end);
    if (frame.entry !== undefined) this.#machine.restore(copyHtmlState(frame.entry));
    frame.hasElse ||= name !== 'elif';
    const { node } = frame;
    if (node?.kind === 'If' && test !== undefined)
      (node.branches as IfNode['branches'][number][]).push({ test, tag: { start, end }, body });
    else if ((node?.kind === 'If' || node?.kind === 'For') && name === 'else') node.orelse = body;
    else {
      this.#body.push({
        kind: 'Unknown',
        name,
        expressions: test ? [test] : parser.parseLoosely(),
        start,
        end,
      });
      return;
    }
    this.#body = body;
  }

  #close(name: BlockName, region: Range): void {
    const { start, end } = region;
    if ((this.#nOpen.get(name) ?? 0) === 0) {
      this.#problem(region, `'end${name}' has no '${name}' before it`);
      this.#body.push({ kind: 'Unknown', name: `end${name}`, expressions: [], start, end });
      return;
    }
    while ((this.#frames.at(-1) as Frame).name !== name) this.#abandon(start);
    this.#leave(this.#frames.at(-1) as Frame, end);
  }

  /** Ends the innermost block, whose closing tag is missing, at `end`. A block whose body would not be
   *  written where it stands gives the body back: while it is being typed, the rest of the file is not its. */
  #abandon(end: number): void {
    const frame = this.#frames.at(-1) as Frame;
    this.#problem(frame.tag, `This '${frame.name}' is not closed: expected '{% end${frame.name} %}'`);
    const { node, tag, parentBody } = frame;
    if (node?.kind === 'SetBlock') {
      const value = { kind: 'Error' as const, children: [], start: tag.end, end: tag.end };
      parentBody[parentBody.length - 1] = { kind: 'Set', target: node.target, value, ...tag };
      for (const child of node.body) parentBody.push(child);
    }
    this.#leave(frame, end);
  }

  #leave(frame: Frame, end: number): void {
    this.#frames.pop();
    this.#nOpen.set(frame.name, (this.#nOpen.get(frame.name) ?? 1) - 1);
    if (frame.entry !== undefined) {
      const exit = this.#endBranch(frame, end);
      const isOptional = (frame.name === 'if' || frame.name === 'for') && !frame.hasElse;
      const isElsewhere = frame.name === 'macro' || frame.name === 'set' || frame.name === 'call';
      if (isElsewhere) this.#machine.restore(frame.entry);
      else this.#machine.restore(isOptional ? this.#machine.join(exit, frame.entry, end) : exit);
    }
    if (frame.node !== undefined) frame.node.end = end;
    this.#body = frame.parentBody;
  }

  /** Ends a branch: the machine's state is the frame's from now on. Returns the state behind all so far. */
  #endBranch(frame: Frame, offset: number): HtmlState {
    this.#machine.close(offset);
    const { state } = this.#machine;
    frame.exit = frame.exit === undefined ? state : this.#machine.join(frame.exit, state, offset);
    return frame.exit;
  }
}

/** Blocks whose body is written where it stands, once. */
const IN_PLACE: ReadonlySet<BlockName> = new Set(['block', 'filter', 'with', 'autoescape']);

const WRITING_LEAVES: ReadonlySet<TemplateNode['kind']> = new Set(['Include', 'Unknown']);
