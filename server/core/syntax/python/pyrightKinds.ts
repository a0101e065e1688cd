/** Names for pyright's enum values that the lowering and the repair use.
 *  The parser is cut from a pinned version; a test compares these with what its output says. */

export const N = {
  Error: 0,
  Assert: 2,
  Assignment: 3,
  Walrus: 4,
  Augmented: 5,
  Await: 6,
  Binary: 7,
  Break: 8,
  Call: 9,
  Class: 10,
  Comprehension: 11,
  CompFor: 12,
  CompIf: 13,
  Constant: 14,
  Continue: 15,
  Del: 17,
  Dict: 18,
  DictExpand: 19,
  DictKey: 20,
  Ellipsis: 21,
  If: 22,
  Import: 23,
  ImportFrom: 25,
  Index: 27,
  For: 29,
  FormatString: 30,
  Function: 31,
  Global: 32,
  Lambda: 33,
  List: 34,
  Member: 35,
  Name: 38,
  Nonlocal: 39,
  Number: 40,
  Pass: 42,
  Raise: 43,
  Return: 44,
  Set: 45,
  Slice: 46,
  StatementList: 47,
  StringList: 48,
  String: 49,
  Suite: 50,
  Ternary: 51,
  Tuple: 52,
  Try: 53,
  TypeAnnotation: 54,
  Unary: 55,
  Unpack: 56,
  While: 57,
  With: 58,
  Yield: 60,
  YieldFrom: 61,
  Match: 63,
  PatternSequence: 65,
  PatternAs: 66,
  PatternLiteral: 67,
  PatternClass: 68,
  PatternCapture: 69,
  PatternMapping: 70,
  PatternKey: 71,
  PatternRest: 72,
  PatternValue: 73,
  TypeAlias: 77,
} as const;

/** Token types. */
export const T = {
  Invalid: 0,
  End: 1,
  NewLine: 2,
  Indent: 3,
  Dedent: 4,
  String: 5,
  Number: 6,
  Identifier: 7,
  Keyword: 8,
  Operator: 9,
  Colon: 10,
  OpenParenthesis: 13,
  CloseParenthesis: 14,
  OpenBracket: 15,
  CloseBracket: 16,
  OpenBrace: 17,
  CloseBrace: 18,
  Exclamation: 23,
  FStringStart: 24,
  FStringMiddle: 25,
  FStringEnd: 26,
} as const;

/** `operatorType` of `=`. */
export const ASSIGN = 2;

/** Flags of string tokens. */
export const F = { Triple: 4, Raw: 8, Bytes: 32, Format: 64, Template: 128, Unterminated: 65536 } as const;

export const KEYWORD_CONSTANTS: Readonly<Record<number, 'True' | 'False' | 'None'>> = {
  15: 'False',
  27: 'None',
  34: 'True',
};

/** Errors that leave the tree right: rules about meaning or about the version of Python. */
const SEMANTIC = new Set(
  `annotationFormatString annotationSpansStrings annotationStringEscape assignmentExprInSubscript awaitIllegal
  breakInExceptionGroup breakOutsideLoop casePatternIsIrrefutable classTypeParametersIllegal comprehensionInDict
  comprehensionInSet continueInExceptionGroup continueOutsideLoop defaultValueNotAllowed
  dictExpandIllegalInComprehension duplicateArgsParam duplicateCapturePatternTarget duplicateCatchAll
  duplicateKeywordOnly duplicateKwargsParam duplicateParam duplicatePositionOnly duplicateStarPattern
  duplicateStarStarPattern duplicateUnpack exceptGroupMismatch exceptGroupRequiresType exceptRequiresParens
  exceptWithAsRequiresParens exceptionGroupIncompatible expectedNamedParameter finallyBreak finallyContinue
  finallyReturn formatStringBytes formatStringDebuggingIllegal formatStringIllegal formatStringInPattern
  formatStringNestedFormatSpecifier formatStringTemplate formatStringUnicode functionTypeParametersIllegal
  generatorNotParenthesized inconsistentTabs keywordOnlyAfterArgs keywordParameterMissing keywordSubscriptIllegal
  lazyImportIllegal lazyImportWildcardIllegal matchIncompatible namedExceptAfterCatchAll nonDefaultAfterDefault
  operatorLessOrGreaterDeprecated orPatternIrrefutable orPatternMissingName paramAfterKwargsParam
  parenthesizedContextManagerIllegal positionArgAfterNamedArg positionArgAfterUnpackedDictArg positionOnlyAfterArgs
  positionOnlyAfterKeywordOnly positionOnlyFirstParam positionOnlyIncompatible returnInExceptionGroup
  returnOutsideFunction starPatternInAsPattern starPatternInOrPattern starStarWildcardNotAllowed stringNonAsciiBytes
  templateStringBytes templateStringIllegal templateStringUnicode trailingCommaInFromImport typeAliasStatementIllegal
  typeParameterBoundNotAllowed typeVarDefaultIllegal unpackIllegalInComprehension unpackOperatorNotAllowed
  unpackTuplesIllegal unpackedDictSubscriptIllegal unpackedSubscriptIllegal varAnnotationIllegal walrusIllegal
  walrusNotAllowed walrusNotAllowedInComprehension yieldFromIllegal`.split(/\s+/),
);

export function isStructural(key: string): boolean {
  return !SEMANTIC.has(key);
}
