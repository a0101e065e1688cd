/** Moat's Jinja syntax tree. Offsets are absolute UTF-16 offsets in the template's text.
 *  Every output expression carries the HTML context it lands in; forms are listed beside the tree. */
import type { Range } from '../../base/range';

export interface Template {
  readonly text: string;
  readonly body: readonly TemplateNode[];
  /** Every `{{ … }}` of the file in source order, wherever it is nested. */
  readonly outputs: readonly Output[];
  readonly comments: readonly TemplateComment[];
  /** Every HTML tag of the literal text in source order. */
  readonly tags: readonly HtmlTag[];
  readonly forms: readonly HtmlForm[];
  readonly problems: readonly TemplateProblem[];
}

export interface TemplateProblem extends Range {
  readonly message: string;
}

// ---------------------------------------------------------------- nodes

export type TemplateNode =
  | TextNode
  | Output
  | TemplateComment
  | RawNode
  | IfNode
  | ForNode
  | BlockNode
  | ExtendsNode
  | IncludeNode
  | ImportNode
  | FromImportNode
  | MacroNode
  | CallNode
  | FilterNode
  | SetNode
  | SetBlockNode
  | WithNode
  | AutoescapeNode
  | DoNode
  | TransNode
  | LoopControlNode
  | UnknownNode;

export type TemplateBody = readonly TemplateNode[];

export interface TextNode extends Range {
  readonly kind: 'Text';
}

/** `{{ expression }}`; the range includes the braces. */
export interface Output extends Range {
  readonly kind: 'Output';
  readonly expression: JinjaExpression;
  readonly context: HtmlContext;
}

/** `{# … #}`; `content` is the text between the marks. */
export interface TemplateComment extends Range {
  readonly kind: 'Comment';
  readonly content: string;
}

export interface RawNode extends Range {
  readonly kind: 'Raw';
}

/** Ranges of block nodes reach from the opening `{%` to the end of the closing tag; `tag` is the opening tag. */
interface Block extends Range {
  readonly tag: Range;
}

export interface IfNode extends Block {
  readonly kind: 'If';
  readonly branches: readonly {
    readonly test: JinjaExpression;
    readonly tag: Range;
    readonly body: TemplateBody;
  }[];
  readonly orelse: TemplateBody;
}

export interface ForNode extends Block {
  readonly kind: 'For';
  readonly target: JinjaExpression;
  readonly iter: JinjaExpression;
  readonly test?: JinjaExpression;
  readonly isRecursive: boolean;
  readonly body: TemplateBody;
  readonly orelse: TemplateBody;
}

export interface BlockNode extends Block {
  readonly kind: 'Block';
  readonly name: string;
  readonly isScoped: boolean;
  readonly isRequired: boolean;
  readonly body: TemplateBody;
}

export interface ExtendsNode extends Range {
  readonly kind: 'Extends';
  readonly template: JinjaExpression;
}

export interface IncludeNode extends Range {
  readonly kind: 'Include';
  readonly template: JinjaExpression;
  readonly ignoreMissing: boolean;
  readonly withContext: boolean;
}

export interface ImportNode extends Range {
  readonly kind: 'Import';
  readonly template: JinjaExpression;
  readonly alias: string;
  readonly withContext: boolean;
}

export interface FromImportNode extends Range {
  readonly kind: 'FromImport';
  readonly template: JinjaExpression;
  readonly names: readonly { readonly name: string; readonly alias?: string }[];
  readonly withContext: boolean;
}

export interface MacroParameter extends Range {
  readonly name: string;
  readonly default?: JinjaExpression;
}

export interface MacroNode extends Block {
  readonly kind: 'Macro';
  readonly name: string;
  readonly params: readonly MacroParameter[];
  readonly body: TemplateBody;
}

/** `{% call(params) macro(...) %}body{% endcall %}` */
export interface CallNode extends Block {
  readonly kind: 'CallBlock';
  readonly params: readonly MacroParameter[];
  readonly call: JinjaExpression;
  readonly body: TemplateBody;
}

/** `{% filter upper|trim %}`: `chain` is a filter chain whose innermost input is absent. */
export interface FilterNode extends Block {
  readonly kind: 'FilterBlock';
  readonly chain: JinjaExpression;
  readonly body: TemplateBody;
}

export interface SetNode extends Range {
  readonly kind: 'Set';
  readonly target: JinjaExpression;
  readonly value: JinjaExpression;
}

export interface SetBlockNode extends Block {
  readonly kind: 'SetBlock';
  readonly target: JinjaExpression;
  readonly chain?: JinjaExpression;
  readonly body: TemplateBody;
}

export interface WithNode extends Block {
  readonly kind: 'With';
  readonly assignments: readonly { readonly target: JinjaExpression; readonly value: JinjaExpression }[];
  readonly body: TemplateBody;
}

export interface AutoescapeNode extends Block {
  readonly kind: 'Autoescape';
  readonly value: JinjaExpression;
  readonly body: TemplateBody;
}

export interface DoNode extends Range {
  readonly kind: 'Do';
  readonly expression: JinjaExpression;
}

export interface TransNode extends Block {
  readonly kind: 'Trans';
  readonly variables: readonly { readonly name: string; readonly value: JinjaExpression }[];
  readonly body: TemplateBody;
}

export interface LoopControlNode extends Range {
  readonly kind: 'LoopControl';
  readonly name: 'break' | 'continue' | 'debug';
}

/** A tag of an extension that Moat does not know; what follows belongs to the surrounding body. */
export interface UnknownNode extends Range {
  readonly kind: 'Unknown';
  readonly name: string;
  readonly expressions: readonly JinjaExpression[];
}

// ---------------------------------------------------------------- expressions

export type JinjaExpression =
  | JinjaName
  | JinjaLiteral
  | JinjaAttribute
  | JinjaItem
  | JinjaSlice
  | JinjaCall
  | JinjaFilter
  | JinjaTest
  | JinjaBinary
  | JinjaUnary
  | JinjaConditional
  | JinjaSequence
  | JinjaDict
  | JinjaError;

export interface JinjaName extends Range {
  readonly kind: 'Name';
  readonly name: string;
}

export interface JinjaLiteral extends Range {
  readonly kind: 'Literal';
  readonly value: string | number | boolean | null;
}

/** `object.name` */
export interface JinjaAttribute extends Range {
  readonly kind: 'Attribute';
  readonly object: JinjaExpression;
  readonly name: string;
  readonly nameRange: Range;
}

/** `object[index]` */
export interface JinjaItem extends Range {
  readonly kind: 'Item';
  readonly object: JinjaExpression;
  readonly index: JinjaExpression;
}

export interface JinjaSlice extends Range {
  readonly kind: 'Slice';
  readonly lower?: JinjaExpression;
  readonly upper?: JinjaExpression;
  readonly step?: JinjaExpression;
}

export interface JinjaArgument extends Range {
  readonly star: '' | '*' | '**';
  readonly name?: string;
  readonly value: JinjaExpression;
}

export interface JinjaCall extends Range {
  readonly kind: 'Call';
  readonly func: JinjaExpression;
  readonly args: readonly JinjaArgument[];
}

/** `input|name(args)`. `input` is absent only at the innermost filter of a filter or set block. */
export interface JinjaFilter extends Range {
  readonly kind: 'Filter';
  readonly input?: JinjaExpression;
  readonly name: string;
  readonly nameRange: Range;
  /** Offset of the `|`; equals `nameRange.start` where there is none (`{% filter upper %}`). */
  readonly pipeOffset: number;
  readonly args: readonly JinjaArgument[];
}

/** `input is name(args)`, `input is not name`. */
export interface JinjaTest extends Range {
  readonly kind: 'Test';
  readonly input: JinjaExpression;
  readonly name: string;
  readonly isNegated: boolean;
  readonly args: readonly JinjaArgument[];
}

export type JinjaOperator =
  | 'and'
  | 'or'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | 'not in'
  | '+'
  | '-'
  | '*'
  | '/'
  | '//'
  | '%'
  | '**'
  | '~';

export interface JinjaBinary extends Range {
  readonly kind: 'Binary';
  readonly op: JinjaOperator;
  readonly left: JinjaExpression;
  readonly right: JinjaExpression;
}

export interface JinjaUnary extends Range {
  readonly kind: 'Unary';
  readonly op: 'not' | '-' | '+';
  readonly operand: JinjaExpression;
}

/** `body if test else orelse`; `orelse` may be left out. */
export interface JinjaConditional extends Range {
  readonly kind: 'Conditional';
  readonly test: JinjaExpression;
  readonly body: JinjaExpression;
  readonly orelse?: JinjaExpression;
}

export interface JinjaSequence extends Range {
  readonly kind: 'List' | 'Tuple';
  readonly elements: readonly JinjaExpression[];
}

export interface JinjaDict extends Range {
  readonly kind: 'Dict';
  readonly entries: readonly { readonly key: JinjaExpression; readonly value: JinjaExpression }[];
}

export interface JinjaError extends Range {
  readonly kind: 'Error';
  readonly children: readonly JinjaExpression[];
}

// ---------------------------------------------------------------- HTML

/** Where in the HTML an output lands. Names and elements are lower case. */
export type HtmlContext =
  | { readonly kind: 'text'; readonly element: string }
  /** Inside `<title>` or `<textarea>`: character references work, tags do not. */
  | { readonly kind: 'rcdata'; readonly element: string }
  | { readonly kind: 'comment' }
  /** Inside a tag but not in a value: an attribute name, or the tag's name. */
  | { readonly kind: 'tag'; readonly element: string }
  | AttributeContext
  | {
      readonly kind: 'script';
      /** The `type` attribute of the element if it is a literal. */
      readonly type?: string;
      /** The quote of the JavaScript string or template literal the output is in; `''` outside of strings. */
      readonly stringQuote: '' | "'" | '"' | '`';
      readonly isInComment: boolean;
    }
  | { readonly kind: 'style' };

export interface AttributeContext {
  readonly kind: 'attribute';
  readonly element: string;
  readonly name: string;
  readonly quote: '"' | "'" | '';
  readonly role: 'plain' | 'url' | 'eventHandler' | 'style' | 'srcdoc';
  /** Literal text of the value before this output; an earlier output in the value counts as U+FFFC. */
  readonly prefix: string;
  /** In an event handler or behind `javascript:`: the quote of the JavaScript string around the output, `''` outside of strings. */
  readonly stringQuote: '' | "'" | '"' | '`';
  /** From after the opening quote to before the closing one, as far as it is known. */
  readonly valueRange: Range;
}

export interface HtmlAttribute extends Range {
  readonly name: string;
  readonly nameRange: Range;
  /** Without the quotes. Absent for an attribute without a value. */
  readonly valueRange?: Range;
  readonly quote: '"' | "'" | '';
  /** True when Jinja writes a part of the value. */
  readonly isDynamic: boolean;
}

export interface HtmlTag extends Range {
  readonly name: string;
  readonly isClosing: boolean;
  readonly isSelfClosing: boolean;
  readonly attributes: readonly HtmlAttribute[];
}

export interface HtmlForm extends Range {
  readonly open: HtmlTag;
  /** Absent when the form is closed in another file or not at all. */
  readonly close?: HtmlTag;
  /** Lower case; `get` when absent; undefined when Jinja writes it. */
  readonly method?: string;
  readonly inputs: readonly HtmlTag[];
  /** Outputs between the opening and the closing tag. */
  readonly outputs: readonly Output[];
}
