/** Hand-written types of `server/core/generated/pyrightParser.js`: the part of pyright's tree the lowering reads.
 *  Numbers are pyright's enum values; `pyrightKinds.ts` names them. Nothing outside this folder may use this. */

export interface PyRange {
  readonly start: number;
  readonly length: number;
}

export interface PyToken extends PyRange {
  readonly type: number;
  readonly comments?: readonly PyComment[];
  readonly keywordType?: number;
  readonly operatorType?: number;
  readonly indentAmount?: number;
  readonly flags?: number;
  readonly prefixLength?: number;
  readonly quoteMarkLength?: number;
}

/** `start` is that of the text after `#`. */
export interface PyComment extends PyRange {
  readonly value: string;
}

export interface PyError extends PyRange {
  /** Name of the message, such as `expectedCloseParen`. */
  readonly key: string;
}

export interface PySource {
  readonly statements: readonly PyNode[];
  readonly tokens: readonly PyToken[];
  readonly errors: readonly PyError[];
}

export function parseSource(text: string): PySource;
export function tokenize(text: string): readonly PyToken[];

interface Base<Kind extends number, Data = object> extends PyRange {
  readonly nodeType: Kind;
  readonly d: Data;
  /** Range without the parentheses around the expression, where it has some. */
  readonly innerStart?: number;
  readonly innerEnd?: number;
}

type Decorators = readonly PyDecorator[];
type Nodes = readonly PyNode[];

export type PyErrorNode = Base<
  0,
  { readonly child?: PyNode; readonly decorators?: Decorators; readonly category: number }
>;
export type PyArgument = Base<
  1,
  { readonly argCategory: 0 | 1 | 2; readonly name?: PyName; readonly valueExpr: PyNode }
>;
export type PyAssert = Base<2, { readonly testExpr: PyNode; readonly exceptionExpr?: PyNode }>;
export type PyAssignment = Base<3, { readonly leftExpr: PyNode; readonly rightExpr: PyNode }>;
export type PyWalrus = Base<4, { readonly name: PyName; readonly rightExpr: PyNode }>;
export type PyAugmented = Base<
  5,
  { readonly leftExpr: PyNode; readonly operator: number; readonly rightExpr: PyNode }
>;
export type PyAwait = Base<6, { readonly expr: PyNode }>;
export type PyBinary = Base<
  7,
  {
    readonly leftExpr: PyNode;
    readonly operator: number;
    readonly rightExpr: PyNode;
    readonly hasParens?: boolean;
  }
>;
export type PyBreak = Base<8>;
export type PyCall = Base<9, { readonly leftExpr: PyNode; readonly args: readonly PyArgument[] }>;
export type PyClass = Base<
  10,
  {
    readonly firstToken: PyToken;
    readonly decorators: Decorators;
    readonly name: PyName;
    readonly typeParams?: PyTypeParamList;
    readonly arguments: readonly PyArgument[];
    readonly suite: PySuite;
  }
>;
export type PyComprehension = Base<
  11,
  {
    readonly expr: PyNode;
    readonly forIfNodes: readonly (PyCompFor | PyCompIf)[];
    readonly hasParens?: boolean;
  }
>;
export type PyCompFor = Base<
  12,
  { readonly isAsync?: boolean; readonly targetExpr: PyNode; readonly iterableExpr: PyNode }
>;
export type PyCompIf = Base<13, { readonly testExpr: PyNode }>;
export type PyConstant = Base<14, { readonly constType: number }>;
export type PyContinue = Base<15>;
export type PyDecorator = Base<16, { readonly expr: PyNode }>;
export type PyDel = Base<17, { readonly targets: Nodes }>;
export type PyDict = Base<18, { readonly items: Nodes }>;
export type PyDictExpand = Base<19, { readonly expr: PyNode }>;
export type PyDictKey = Base<20, { readonly keyExpr: PyNode; readonly valueExpr: PyNode }>;
export type PyEllipsis = Base<21>;
export type PyIf = Base<
  22,
  { readonly testExpr: PyNode; readonly ifSuite: PySuite; readonly elseSuite?: PySuite | PyIf }
>;
export type PyImport = Base<23, { readonly list: readonly PyImportAs[]; readonly isLazy?: boolean }>;
export type PyImportAs = Base<24, { readonly module: PyModuleName; readonly alias?: PyName }>;
export type PyImportFrom = Base<
  25,
  {
    readonly module: PyModuleName;
    readonly imports: readonly PyImportFromAs[];
    readonly isWildcardImport: boolean;
    readonly isLazy?: boolean;
  }
>;
export type PyImportFromAs = Base<26, { readonly name: PyName; readonly alias?: PyName }>;
export type PyIndex = Base<
  27,
  { readonly leftExpr: PyNode; readonly items: readonly PyArgument[]; readonly trailingComma: boolean }
>;
export type PyExcept = Base<
  28,
  {
    readonly typeExpr?: PyNode;
    readonly name?: PyName;
    readonly exceptSuite: PySuite;
    readonly isExceptGroup: boolean;
  }
>;
export type PyFor = Base<
  29,
  {
    readonly isAsync?: boolean;
    readonly targetExpr: PyNode;
    readonly iterableExpr: PyNode;
    readonly forSuite: PySuite;
    readonly elseSuite?: PySuite;
  }
>;
export type PyFormatString = Base<30, { readonly token: PyToken; readonly fieldExprs: Nodes }>;
export type PyFunction = Base<
  31,
  {
    readonly firstToken: PyToken;
    readonly decorators: Decorators;
    readonly isAsync: boolean;
    readonly name: PyName;
    readonly typeParams?: PyTypeParamList;
    readonly params: readonly PyParameter[];
    readonly returnAnnotation?: PyNode;
    readonly suite: PySuite;
  }
>;
export type PyGlobal = Base<32, { readonly targets: readonly PyName[] }>;
export type PyLambda = Base<33, { readonly params: readonly PyParameter[]; readonly expr: PyNode }>;
export type PyList = Base<34, { readonly items: Nodes }>;
export type PyMember = Base<35, { readonly leftExpr: PyNode; readonly member: PyName }>;
export type PyModuleName = Base<37, { readonly leadingDots: number; readonly nameParts: readonly PyName[] }>;
export type PyName = Base<38, { readonly value: string }>;
export type PyNonlocal = Base<39, { readonly targets: readonly PyName[] }>;
export type PyNumber = Base<
  40,
  { readonly value: number | bigint; readonly isInteger: boolean; readonly isImaginary: boolean }
>;
export type PyParameter = Base<
  41,
  {
    readonly category: 0 | 1 | 2;
    readonly name?: PyName;
    readonly annotation?: PyNode;
    readonly defaultValue?: PyNode;
  }
>;
export type PyPass = Base<42>;
export type PyRaise = Base<43, { readonly expr?: PyNode; readonly fromExpr?: PyNode }>;
export type PyReturn = Base<44, { readonly expr?: PyNode }>;
export type PySet = Base<45, { readonly items: Nodes }>;
export type PySlice = Base<
  46,
  { readonly startValue?: PyNode; readonly endValue?: PyNode; readonly stepValue?: PyNode }
>;
export type PyStatementList = Base<47, { readonly statements: Nodes }>;
export type PyStringList = Base<48, { readonly strings: readonly (PyString | PyFormatString)[] }>;
export type PyString = Base<49, { readonly token: PyToken }>;
export type PySuite = Base<50, { readonly statements: Nodes }>;
export type PyTernary = Base<
  51,
  { readonly ifExpr: PyNode; readonly testExpr: PyNode; readonly elseExpr: PyNode }
>;
export type PyTuple = Base<52, { readonly items: Nodes; readonly hasParens: boolean }>;
export type PyTry = Base<
  53,
  {
    readonly trySuite: PySuite;
    readonly exceptClauses: readonly PyExcept[];
    readonly elseSuite?: PySuite;
    readonly finallySuite?: PySuite;
  }
>;
export type PyTypeAnnotation = Base<54, { readonly valueExpr: PyNode; readonly annotation: PyNode }>;
export type PyUnary = Base<55, { readonly expr: PyNode; readonly operator: number }>;
export type PyUnpack = Base<56, { readonly expr: PyNode }>;
export type PyWhile = Base<
  57,
  { readonly testExpr: PyNode; readonly whileSuite: PySuite; readonly elseSuite?: PySuite }
>;
export type PyWith = Base<
  58,
  { readonly isAsync?: boolean; readonly withItems: readonly PyWithItem[]; readonly suite: PySuite }
>;
export type PyWithItem = Base<59, { readonly expr: PyNode; readonly target?: PyNode }>;
export type PyYield = Base<60, { readonly expr?: PyNode }>;
export type PyYieldFrom = Base<61, { readonly expr: PyNode }>;
export type PyMatch = Base<63, { readonly expr: PyNode; readonly cases: readonly PyCase[] }>;
export type PyCase = Base<
  64,
  { readonly pattern: PyPattern; readonly guardExpr?: PyNode; readonly suite: PySuite }
>;
export type PyTypeParam = Base<
  75,
  {
    readonly name: PyName;
    readonly typeParamKind: 0 | 1 | 2;
    readonly boundExpr?: PyNode;
    readonly defaultExpr?: PyNode;
  }
>;
export type PyTypeParamList = Base<76, { readonly params: readonly PyTypeParam[] }>;
export type PyTypeAlias = Base<
  77,
  { readonly name: PyName; readonly typeParams?: PyTypeParamList; readonly expr: PyNode }
>;

export type PyPatternSequence = Base<65, { readonly entries: readonly PyPattern[] }>;
export type PyPatternAs = Base<66, { readonly orPatterns: readonly PyPattern[]; readonly target?: PyName }>;
export type PyPatternLiteral = Base<67, { readonly expr: PyNode }>;
export type PyPatternClass = Base<
  68,
  { readonly className: PyNode; readonly args: readonly PyPatternArgument[] }
>;
export type PyPatternCapture = Base<
  69,
  { readonly target: PyName; readonly isStar: boolean; readonly isWildcard: boolean }
>;
export type PyPatternMapping = Base<
  70,
  { readonly entries: readonly (PyPatternKey | PyPatternRest | PyErrorNode)[] }
>;
export type PyPatternKey = Base<71, { readonly keyPattern: PyPattern; readonly valuePattern: PyPattern }>;
export type PyPatternRest = Base<72, { readonly target: PyName }>;
export type PyPatternValue = Base<73, { readonly expr: PyNode }>;
export type PyPatternArgument = Base<74, { readonly name?: PyName; readonly pattern: PyPattern }>;

export type PyPattern =
  | PyPatternSequence
  | PyPatternAs
  | PyPatternLiteral
  | PyPatternClass
  | PyPatternCapture
  | PyPatternMapping
  | PyPatternValue
  | PyErrorNode;

export type PyNode =
  | PyErrorNode
  | PyAssert
  | PyAssignment
  | PyWalrus
  | PyAugmented
  | PyAwait
  | PyBinary
  | PyBreak
  | PyCall
  | PyClass
  | PyComprehension
  | PyConstant
  | PyContinue
  | PyDel
  | PyDict
  | PyDictExpand
  | PyDictKey
  | PyEllipsis
  | PyIf
  | PyImport
  | PyImportFrom
  | PyIndex
  | PyFor
  | PyFormatString
  | PyFunction
  | PyGlobal
  | PyLambda
  | PyList
  | PyMember
  | PyName
  | PyNonlocal
  | PyNumber
  | PyPass
  | PyRaise
  | PyReturn
  | PySet
  | PySlice
  | PyStatementList
  | PyStringList
  | PyString
  | PyTernary
  | PyTuple
  | PyTry
  | PyTypeAnnotation
  | PyUnary
  | PyUnpack
  | PyWhile
  | PyWith
  | PyYield
  | PyYieldFrom
  | PyMatch
  | PyTypeAlias;
