/** Moat's own Python syntax tree: compact, plain objects, one closed union for expressions, statements and
 *  patterns. `parse.ts` makes it from the parser's tree; nothing else knows that parser.
 *
 *  Positions: `start`/`end` are UTF-16 offsets **relative to the start of the unit** (top-level statement) the
 *  node lives in, so that an edit above a unit leaves the unit's tree untouched. `Unit.base` makes them absolute.
 *  Invariants: a child lies inside its parent; siblings do not overlap; a parenthesized expression's range leaves
 *  the parentheses out (a tuple's range includes its own parentheses, as in CPython). */
import type { Range } from '../../base/range';

// ---------------------------------------------------------------- module and units

/** One source file. Units lie in order, do not overlap, and together hold every top-level statement. */
export interface Module {
  readonly text: string;
  readonly units: readonly Unit[];
  /** Absolute ranges of structural faults (not semantic complaints). Empty when the file parses. */
  readonly problems: readonly SyntaxProblem[];
  /** False when a bracket or string is left open up to the end of the text: then where its unit ends, and all units
   *  after it, depend on the whole text. */
  readonly isClean: boolean;
}

/** A run of text that can be re-parsed alone: one top-level statement with the blank lines and comments before
 *  it. `tree` keeps its identity while the unit's text stays the same: caches hang on it. */
export interface Unit {
  /** Absolute offset of the unit's text. */
  readonly base: number;
  readonly tree: UnitTree;
}

export interface UnitTree {
  /** UTF-16 length of the unit's text (up to the next unit's base). */
  readonly length: number;
  /** Usually one statement; several when they share a line (`a = 1; b = 2`), none in a unit of comments only. */
  readonly body: readonly Statement[];
  readonly comments: readonly Comment[];
  /** Structural faults in this unit, relative to it. `Module.problems` has them all. */
  readonly problems: readonly SyntaxProblem[];
  /** True when brackets or strings were left open and have been closed by guess. */
  readonly isRepaired: boolean;
}

/** Range from `#` to the end of the line, line break excluded. Relative to the unit. */
export interface Comment extends Range {
  readonly text: string;
}

export interface SyntaxProblem extends Range {
  readonly message: string;
}

// ---------------------------------------------------------------- shared parts

export interface Identifier extends Range {
  readonly id: string;
}

export interface Argument extends Range {
  /** `''` for a positional argument or keyword, `'*'` and `'**'` for unpacked ones. */
  readonly star: '' | '*' | '**';
  readonly name?: Identifier;
  readonly value: Expression;
}

export interface Parameter extends Range {
  readonly star: '' | '*' | '**';
  readonly name: Identifier;
  readonly annotation?: Expression;
  readonly default?: Expression;
  /** `positional` stands before `/`, `keyword` after `*` or `*args`. */
  readonly form: 'positional' | 'either' | 'keyword';
}

export interface TypeParameter extends Range {
  readonly star: '' | '*' | '**';
  readonly name: Identifier;
  readonly bound?: Expression;
  readonly default?: Expression;
}

// ---------------------------------------------------------------- expressions

export type Expression =
  | Name
  | NumberLiteral
  | Constant
  | StringExpression
  | Attribute
  | Subscript
  | Slice
  | Call
  | BinaryOperation
  | UnaryOperation
  | BooleanOperation
  | Comparison
  | Conditional
  | Lambda
  | Tuple
  | List
  | SetDisplay
  | Dict
  | Comprehension
  | Await
  | Yield
  | Starred
  | NamedExpression
  | ErrorExpression;

export interface Name extends Range {
  readonly kind: 'Name';
  readonly id: string;
}

export interface NumberLiteral extends Range {
  readonly kind: 'Number';
  /** bigint where an integer does not fit a double exactly. */
  readonly value: number | bigint;
  readonly isImaginary: boolean;
}

export interface Constant extends Range {
  readonly kind: 'Constant';
  readonly value: 'True' | 'False' | 'None' | '...';
}

/** One or more adjacent string literals: str, bytes, f-strings and t-strings alike. */
export interface StringExpression extends Range {
  readonly kind: 'String';
  readonly isBytes: boolean;
  readonly isTemplate: boolean;
  readonly tokens: readonly StringToken[];
}

/** One literal as written: `prefix` + quote + pieces + quote. */
export interface StringToken extends Range {
  /** As written, such as `f`, `Rb` or `''`. */
  readonly prefix: string;
  readonly quote: "'" | '"' | "'''" | '"""';
  readonly isRaw: boolean;
  readonly isFormat: boolean;
  readonly pieces: readonly StringPiece[];
  /** True when the closing quote is missing. */
  readonly isUnterminated: boolean;
}

export type StringPiece = TextPiece | HolePiece;

/** Literal text; `value` is cooked: escapes decoded, `{{` as `{`. */
export interface TextPiece extends Range {
  readonly kind: 'Text';
  readonly value: string;
}

/** `{expression!conversion:spec}` with its braces. */
export interface HolePiece extends Range {
  readonly kind: 'Hole';
  readonly expression: Expression;
  readonly conversion?: 'r' | 's' | 'a';
  /** `{x=}` */
  readonly isDebug: boolean;
  readonly spec?: readonly StringPiece[];
}

export interface Attribute extends Range {
  readonly kind: 'Attribute';
  readonly value: Expression;
  readonly attr: Identifier;
}

export interface Subscript extends Range {
  readonly kind: 'Subscript';
  readonly value: Expression;
  /** A `Tuple` without parentheses when several; a `Slice` for `a:b:c`. */
  readonly index: Expression;
}

export interface Slice extends Range {
  readonly kind: 'Slice';
  readonly lower?: Expression;
  readonly upper?: Expression;
  readonly step?: Expression;
}

export interface Call extends Range {
  readonly kind: 'Call';
  readonly func: Expression;
  readonly args: readonly Argument[];
  /** From `(` to `)` inclusive. */
  readonly argsRange: Range;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '<<' | '>>' | '&' | '|' | '^';

export interface BinaryOperation extends Range {
  readonly kind: 'Binary';
  readonly op: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface UnaryOperation extends Range {
  readonly kind: 'Unary';
  readonly op: 'not' | '-' | '+' | '~';
  readonly operand: Expression;
}

/** `a and b and c` is one node with three values. */
export interface BooleanOperation extends Range {
  readonly kind: 'Boolean';
  readonly op: 'and' | 'or';
  readonly values: readonly Expression[];
}

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'is' | 'is not';

/** `a < b < c` has two operators and two comparators. */
export interface Comparison extends Range {
  readonly kind: 'Comparison';
  readonly left: Expression;
  readonly ops: readonly ComparisonOperator[];
  readonly comparators: readonly Expression[];
}

export interface Conditional extends Range {
  readonly kind: 'Conditional';
  readonly test: Expression;
  readonly body: Expression;
  readonly orelse: Expression;
}

export interface Lambda extends Range {
  readonly kind: 'Lambda';
  readonly params: readonly Parameter[];
  readonly body: Expression;
}

export interface Tuple extends Range {
  readonly kind: 'Tuple';
  readonly elements: readonly Expression[];
  readonly isParenthesized: boolean;
}

export interface List extends Range {
  readonly kind: 'List';
  readonly elements: readonly Expression[];
}

export interface SetDisplay extends Range {
  readonly kind: 'Set';
  readonly elements: readonly Expression[];
}

/** `key` is absent for `**spread`. */
export interface DictEntry {
  readonly key?: Expression;
  readonly value: Expression;
}

export interface Dict extends Range {
  readonly kind: 'Dict';
  readonly entries: readonly DictEntry[];
}

export type ComprehensionClause =
  | {
      readonly kind: 'for';
      readonly isAsync: boolean;
      readonly target: Expression;
      readonly iter: Expression;
    }
  | { readonly kind: 'if'; readonly test: Expression };

export interface Comprehension extends Range {
  readonly kind: 'Comprehension';
  readonly form: 'list' | 'set' | 'dict' | 'generator';
  /** The key for `form: 'dict'`. */
  readonly element: Expression;
  /** The value for `form: 'dict'`. */
  readonly value?: Expression;
  readonly clauses: readonly ComprehensionClause[];
}

export interface Await extends Range {
  readonly kind: 'Await';
  readonly value: Expression;
}

export interface Yield extends Range {
  readonly kind: 'Yield';
  readonly isFrom: boolean;
  readonly value?: Expression;
}

/** `*x` in a display, an assignment target or a subscript. Calls use `Argument.star`. */
export interface Starred extends Range {
  readonly kind: 'Starred';
  readonly value: Expression;
}

export interface NamedExpression extends Range {
  readonly kind: 'Named';
  readonly target: Name;
  readonly value: Expression;
}

/** Where an expression should be. Holds what could be read of it. */
export interface ErrorExpression extends Range {
  readonly kind: 'ErrorExpression';
  readonly children: readonly Expression[];
}

// ---------------------------------------------------------------- statements

export type Statement =
  | FunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | AnnotatedAssign
  | AugmentedAssign
  | For
  | While
  | If
  | With
  | Match
  | Raise
  | Try
  | Assert
  | Import
  | ImportFrom
  | Scope
  | ExpressionStatement
  | Simple
  | TypeAlias
  | ErrorStatement;

export type Body = readonly Statement[];

/** `start` is that of the first decorator if there is one. */
export interface FunctionDef extends Range {
  readonly kind: 'FunctionDef';
  readonly isAsync: boolean;
  readonly name: Identifier;
  readonly typeParams: readonly TypeParameter[];
  readonly params: readonly Parameter[];
  readonly returns?: Expression;
  readonly decorators: readonly Decorator[];
  readonly body: Body;
  /** Offset of `def` or `async def`. */
  readonly defStart: number;
}

/** From `@` to the end of the expression. */
export interface Decorator extends Range {
  readonly expression: Expression;
}

export interface ClassDef extends Range {
  readonly kind: 'ClassDef';
  readonly name: Identifier;
  readonly typeParams: readonly TypeParameter[];
  readonly args: readonly Argument[];
  readonly decorators: readonly Decorator[];
  readonly body: Body;
  /** Offset of `class`. */
  readonly defStart: number;
}

export interface Return extends Range {
  readonly kind: 'Return';
  readonly value?: Expression;
}

export interface Delete extends Range {
  readonly kind: 'Delete';
  readonly targets: readonly Expression[];
}

/** `a = b = value` has two targets. */
export interface Assign extends Range {
  readonly kind: 'Assign';
  readonly targets: readonly Expression[];
  readonly value: Expression;
}

export interface AnnotatedAssign extends Range {
  readonly kind: 'AnnotatedAssign';
  readonly target: Expression;
  readonly annotation: Expression;
  readonly value?: Expression;
}

export interface AugmentedAssign extends Range {
  readonly kind: 'AugmentedAssign';
  readonly op: BinaryOperator;
  readonly target: Expression;
  readonly value: Expression;
}

export interface For extends Range {
  readonly kind: 'For';
  readonly isAsync: boolean;
  readonly target: Expression;
  readonly iter: Expression;
  readonly body: Body;
  readonly orelse: Body;
}

export interface While extends Range {
  readonly kind: 'While';
  readonly test: Expression;
  readonly body: Body;
  readonly orelse: Body;
}

/** `elif` is an `If` alone in `orelse`. */
export interface If extends Range {
  readonly kind: 'If';
  readonly test: Expression;
  readonly body: Body;
  readonly orelse: Body;
}

export interface WithItem {
  readonly context: Expression;
  readonly target?: Expression;
}

export interface With extends Range {
  readonly kind: 'With';
  readonly isAsync: boolean;
  readonly items: readonly WithItem[];
  readonly body: Body;
}

export interface MatchCase extends Range {
  readonly pattern: Pattern;
  readonly guard?: Expression;
  readonly body: Body;
}

export interface Match extends Range {
  readonly kind: 'Match';
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}

export interface Raise extends Range {
  readonly kind: 'Raise';
  readonly exception?: Expression;
  readonly cause?: Expression;
}

export interface ExceptHandler extends Range {
  readonly type?: Expression;
  readonly name?: Identifier;
  readonly isStar: boolean;
  readonly body: Body;
}

export interface Try extends Range {
  readonly kind: 'Try';
  readonly body: Body;
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: Body;
  readonly finalbody: Body;
}

export interface Assert extends Range {
  readonly kind: 'Assert';
  readonly test: Expression;
  readonly message?: Expression;
}

export interface ImportAlias extends Range {
  /** Dotted for `import a.b`; plain for `from m import a`. */
  readonly name: string;
  readonly nameRange: Range;
  readonly asName?: Identifier;
}

export interface Import extends Range {
  readonly kind: 'Import';
  readonly names: readonly ImportAlias[];
  /** `lazy import` of Python 3.15. */
  readonly isLazy: boolean;
}

export interface ImportFrom extends Range {
  readonly kind: 'ImportFrom';
  /** Dotted module name without the leading dots; `''` for `from . import x`. */
  readonly module: string;
  readonly moduleRange: Range;
  /** Number of leading dots. */
  readonly level: number;
  /** Empty when `isStar`. */
  readonly names: readonly ImportAlias[];
  readonly isStar: boolean;
  readonly isLazy: boolean;
}

export interface Scope extends Range {
  readonly kind: 'Global' | 'Nonlocal';
  readonly names: readonly Identifier[];
}

export interface ExpressionStatement extends Range {
  readonly kind: 'Expression';
  readonly value: Expression;
}

export interface Simple extends Range {
  readonly kind: 'Pass' | 'Break' | 'Continue';
}

export interface TypeAlias extends Range {
  readonly kind: 'TypeAlias';
  readonly name: Identifier;
  readonly typeParams: readonly TypeParameter[];
  readonly value: Expression;
}

/** Text that is no statement. Holds the expressions and decorators that could be read. */
export interface ErrorStatement extends Range {
  readonly kind: 'ErrorStatement';
  readonly children: readonly Expression[];
}

// ---------------------------------------------------------------- patterns

export type Pattern =
  | ValuePattern
  | CapturePattern
  | SequencePattern
  | StarPattern
  | MappingPattern
  | ClassPattern
  | AsPattern
  | OrPattern
  | ErrorPattern;

/** A literal or dotted name. */
export interface ValuePattern extends Range {
  readonly kind: 'ValuePattern';
  readonly value: Expression;
}

/** `name`, or `_` without a name. */
export interface CapturePattern extends Range {
  readonly kind: 'CapturePattern';
  readonly name?: Identifier;
}

export interface SequencePattern extends Range {
  readonly kind: 'SequencePattern';
  readonly elements: readonly Pattern[];
}

export interface StarPattern extends Range {
  readonly kind: 'StarPattern';
  readonly name?: Identifier;
}

export interface MappingPattern extends Range {
  readonly kind: 'MappingPattern';
  readonly entries: readonly { readonly key: Expression; readonly pattern: Pattern }[];
  readonly rest?: Identifier;
}

export interface ClassPattern extends Range {
  readonly kind: 'ClassPattern';
  readonly class: Expression;
  readonly args: readonly { readonly name?: Identifier; readonly pattern: Pattern }[];
}

export interface AsPattern extends Range {
  readonly kind: 'AsPattern';
  readonly pattern: Pattern;
  readonly name: Identifier;
}

export interface OrPattern extends Range {
  readonly kind: 'OrPattern';
  readonly alternatives: readonly Pattern[];
}

export interface ErrorPattern extends Range {
  readonly kind: 'ErrorPattern';
}

export type Node = Expression | Statement | Pattern;
