/** Turns the parser's statements into Moat's. */
import type {
  Body,
  ClassDef,
  Decorator,
  ExceptHandler,
  FunctionDef,
  Identifier,
  If,
  ImportAlias,
  ImportFrom,
  Statement,
  TypeParameter,
} from './ast';
import {
  BINARY_OPERATORS,
  lowerArgument,
  lowerError,
  lowerExpression,
  lowerParameters,
} from './lowerExpression';
import { lowerPattern } from './lowerPattern';
import type {
  PyAssignment,
  PyClass,
  PyDecorator,
  PyExcept,
  PyFunction,
  PyIf,
  PyImportFrom,
  PyModuleName,
  PyName,
  PyNode,
  PyRange,
  PySuite,
  PyTypeParamList,
} from './pyright';
import { N } from './pyrightKinds';
import { endOf, exactly, mapped, NONE, pyRange, type Source, toIdentifier } from './source';

export function lowerStatements(source: Source, nodes: readonly PyNode[]): Body {
  const result: Statement[] = [];
  for (const node of nodes) {
    if (node.nodeType === N.StatementList) {
      for (const small of node.d.statements) result.push(lowerSmall(source, small));
    } else result.push(lowerCompound(source, node));
  }
  return exactly(result);
}

function lowerBody(source: Source, suite: PySuite | undefined): Body {
  return suite ? lowerStatements(source, suite.d.statements) : NONE;
}

function lowerCompound(source: Source, node: PyNode): Statement {
  const { start } = node;
  const end = endOf(node);
  switch (node.nodeType) {
    case N.Function:
      return lowerFunction(source, node);
    case N.Class:
      return lowerClass(source, node);
    case N.If:
      return lowerIf(source, node);
    case N.For:
      return {
        kind: 'For',
        isAsync: node.d.isAsync === true,
        target: lowerExpression(source, node.d.targetExpr),
        iter: lowerExpression(source, node.d.iterableExpr),
        body: lowerBody(source, node.d.forSuite),
        orelse: lowerBody(source, node.d.elseSuite),
        start,
        end,
      };
    case N.While:
      return {
        kind: 'While',
        test: lowerExpression(source, node.d.testExpr),
        body: lowerBody(source, node.d.whileSuite),
        orelse: lowerBody(source, node.d.elseSuite),
        start,
        end,
      };
    case N.With: {
      const items = mapped(node.d.withItems, ({ d }) => {
        const target = d.target && lowerExpression(source, d.target);
        return { context: lowerExpression(source, d.expr), ...(target && { target }) };
      });
      const isAsync = node.d.isAsync === true;
      return { kind: 'With', isAsync, items, body: lowerBody(source, node.d.suite), start, end };
    }
    case N.Try:
      return {
        kind: 'Try',
        body: lowerBody(source, node.d.trySuite),
        handlers: mapped(node.d.exceptClauses, (clause) => lowerHandler(source, clause)),
        orelse: lowerBody(source, node.d.elseSuite),
        finalbody: lowerBody(source, node.d.finallySuite),
        start,
        end,
      };
    case N.Match: {
      const cases = mapped(node.d.cases, (clause) => {
        const guard = clause.d.guardExpr && lowerExpression(source, clause.d.guardExpr);
        const pattern = lowerPattern(source, clause.d.pattern);
        return {
          pattern,
          body: lowerBody(source, clause.d.suite),
          start: clause.start,
          end: endOf(clause),
          ...(guard && { guard }),
        };
      });
      return { kind: 'Match', subject: lowerExpression(source, node.d.expr), cases, start, end };
    }
    default:
      return lowerSmall(source, node);
  }
}

function lowerSmall(source: Source, node: PyNode): Statement {
  const { start } = node;
  const end = endOf(node);
  switch (node.nodeType) {
    case N.Assignment:
      return lowerAssignment(source, node);
    case N.TypeAnnotation: {
      const annotation = lowerExpression(source, node.d.annotation);
      return {
        kind: 'AnnotatedAssign',
        target: lowerExpression(source, node.d.valueExpr),
        annotation,
        start,
        end,
      };
    }
    case N.Augmented: {
      const target = lowerExpression(source, node.d.leftExpr);
      const value = lowerExpression(source, node.d.rightExpr);
      const op = BINARY_OPERATORS[node.d.operator - 1] ?? '+';
      return { kind: 'AugmentedAssign', op, target, value, start, end };
    }
    case N.Return: {
      const value = node.d.expr && lowerExpression(source, node.d.expr);
      return value ? { kind: 'Return', value, start, end } : { kind: 'Return', start, end };
    }
    case N.Pass:
      return { kind: 'Pass', start, end };
    case N.Break:
      return { kind: 'Break', start, end };
    case N.Continue:
      return { kind: 'Continue', start, end };
    case N.Raise: {
      const exception = node.d.expr && lowerExpression(source, node.d.expr);
      const cause = node.d.fromExpr && lowerExpression(source, node.d.fromExpr);
      return { kind: 'Raise', start, end, ...(exception && { exception }), ...(cause && { cause }) };
    }
    case N.Assert: {
      const message = node.d.exceptionExpr && lowerExpression(source, node.d.exceptionExpr);
      return {
        kind: 'Assert',
        test: lowerExpression(source, node.d.testExpr),
        start,
        end,
        ...(message && { message }),
      };
    }
    case N.Del:
      return {
        kind: 'Delete',
        targets: mapped(node.d.targets, (target) => lowerExpression(source, target)),
        start,
        end,
      };
    case N.Global:
      return { kind: 'Global', names: mapped(node.d.targets, toIdentifier), start, end };
    case N.Nonlocal:
      return { kind: 'Nonlocal', names: mapped(node.d.targets, toIdentifier), start, end };
    default:
      return lowerDeclaration(source, node);
  }
}

function lowerDeclaration(source: Source, node: PyNode): Statement {
  const { start } = node;
  const end = endOf(node);
  switch (node.nodeType) {
    case N.Import: {
      const names = mapped(node.d.list, ({ start, length, d }) =>
        moduleAlias({ start, length }, d.module, d.alias),
      );
      return { kind: 'Import', names, isLazy: node.d.isLazy === true, start, end };
    }
    case N.ImportFrom:
      return lowerImportFrom(node);
    case N.TypeAlias:
      return {
        kind: 'TypeAlias',
        name: toIdentifier(node.d.name),
        typeParams: lowerTypeParams(source, node.d.typeParams),
        value: lowerExpression(source, node.d.expr),
        start,
        end,
      };
    case N.Error:
      return { kind: 'ErrorStatement', children: lowerError(source, node).children, start, end };
    default: {
      const value = lowerExpression(source, node);
      return { kind: 'Expression', value, start, end };
    }
  }
}

/** `a = b = value` comes as `b = (a = value)`. */
function lowerAssignment(source: Source, node: PyAssignment): Statement {
  const targets: PyNode[] = [];
  let right: PyNode = node;
  while (right.nodeType === N.Assignment) {
    targets.push(right.d.leftExpr);
    right = right.d.rightExpr;
  }
  targets.reverse();
  const value = lowerExpression(source, right);
  const [only] = targets;
  const { start } = node;
  const end = endOf(node);
  if (only?.nodeType === N.TypeAnnotation) {
    const target = lowerExpression(source, only.d.valueExpr);
    return {
      kind: 'AnnotatedAssign',
      target,
      annotation: lowerExpression(source, only.d.annotation),
      value,
      start,
      end,
    };
  }
  return {
    kind: 'Assign',
    targets: mapped(targets, (target) => lowerExpression(source, target)),
    value,
    start,
    end,
  };
}

function lowerFunction(source: Source, node: PyFunction): FunctionDef {
  const returns = node.d.returnAnnotation && lowerExpression(source, node.d.returnAnnotation);
  const { firstToken, isAsync } = node.d;
  return {
    kind: 'FunctionDef',
    isAsync,
    name: toIdentifier(node.d.name),
    typeParams: lowerTypeParams(source, node.d.typeParams),
    params: lowerParameters(source, node.d.params),
    decorators: lowerDecorators(source, node.d.decorators),
    body: lowerBody(source, node.d.suite),
    defStart: isAsync ? source.text.lastIndexOf('async', firstToken.start) : firstToken.start,
    start: node.start,
    end: endOf(node),
    ...(returns && { returns }),
  };
}

function lowerClass(source: Source, node: PyClass): Statement {
  const { firstToken, name } = node.d;
  const decorators = lowerDecorators(source, node.d.decorators);
  if (firstToken.length === 0) {
    // Decorators without anything to decorate.
    return {
      kind: 'ErrorStatement',
      children: decorators.map((decorator) => decorator.expression),
      start: node.start,
      end: endOf(node),
    };
  }
  const missing: Identifier = { id: '', start: endOf(firstToken), end: endOf(firstToken) };
  return {
    kind: 'ClassDef',
    name: name.length === 0 ? missing : toIdentifier(name),
    typeParams: lowerTypeParams(source, node.d.typeParams),
    args: mapped(node.d.arguments, (arg) => lowerArgument(source, arg)),
    decorators,
    body: lowerBody(source, node.d.suite),
    defStart: firstToken.start,
    start: node.start,
    end: endOf(node),
  } satisfies ClassDef;
}

function lowerDecorators(source: Source, nodes: readonly PyDecorator[]): readonly Decorator[] {
  return mapped(nodes, (node) => ({
    expression: lowerExpression(source, node.d.expr),
    start: node.start,
    end: endOf(node),
  }));
}

/** Built from the last `elif` upwards: a chain of thousands needs no deep stack. */
/** Each `elif` is an `if` inside the `else` of the one before: more would overflow the stack of those who walk it. */
const MAX_ELIFS = 1000;

function lowerIf(source: Source, node: PyIf): If {
  const chain: PyIf[] = [node];
  let rest = node.d.elseSuite;
  while (rest?.nodeType === N.If) {
    chain.push(rest);
    rest = rest.d.elseSuite;
  }
  if (chain.length > MAX_ELIFS) throw new RangeError('Too many branches');
  let orelse: Body = lowerBody(source, rest);
  for (let i = chain.length - 1; i > 0; i--) orelse = [lowerOneIf(source, chain[i] as PyIf, orelse)];
  return lowerOneIf(source, node, orelse);
}

function lowerOneIf(source: Source, node: PyIf, orelse: Body): If {
  const test = lowerExpression(source, node.d.testExpr);
  return {
    kind: 'If',
    test,
    body: lowerBody(source, node.d.ifSuite),
    orelse,
    start: node.start,
    end: endOf(node),
  };
}

function lowerHandler(source: Source, node: PyExcept): ExceptHandler {
  const { typeExpr, name, exceptSuite, isExceptGroup } = node.d;
  return {
    isStar: isExceptGroup,
    body: lowerBody(source, exceptSuite),
    start: node.start,
    end: endOf(node),
    ...(typeExpr && { type: lowerExpression(source, typeExpr) }),
    ...(name && { name: toIdentifier(name) }),
  };
}

function moduleAlias(node: PyRange, module: PyModuleName, alias: PyName | undefined): ImportAlias {
  const name = dottedName(module);
  const asName = alias && toIdentifier(alias);
  return { name, nameRange: pyRange(module), start: node.start, end: endOf(node), ...(asName && { asName }) };
}

function lowerImportFrom(node: PyImportFrom): ImportFrom {
  const { module, imports, isWildcardImport, isLazy } = node.d;
  const names = imports.map(({ start, length, d }): ImportAlias => {
    const asName = d.alias && toIdentifier(d.alias);
    return {
      name: d.name.d.value,
      nameRange: pyRange(d.name),
      start,
      end: start + length,
      ...(asName && { asName }),
    };
  });
  return {
    kind: 'ImportFrom',
    module: dottedName(module),
    moduleRange: pyRange(module),
    level: module.d.leadingDots,
    names,
    isStar: isWildcardImport,
    isLazy: isLazy === true,
    start: node.start,
    end: endOf(node),
  };
}

function dottedName(module: PyModuleName): string {
  return module.d.nameParts.map((part) => part.d.value).join('.');
}

function lowerTypeParams(source: Source, list: PyTypeParamList | undefined): readonly TypeParameter[] {
  return mapped(list?.d.params ?? NONE, (param) => {
    const { name, typeParamKind, boundExpr, defaultExpr } = param.d;
    const star = (['', '*', '**'] as const)[typeParamKind];
    // The parser's range starts at the name.
    const start = star === '' ? param.start : source.text.lastIndexOf('*', param.start - 1) - star.length + 1;
    return {
      star,
      name: toIdentifier(name),
      start,
      end: endOf(param),
      ...(boundExpr && { bound: lowerExpression(source, boundExpr) }),
      ...(defaultExpr && { default: lowerExpression(source, defaultExpr) }),
    };
  });
}
