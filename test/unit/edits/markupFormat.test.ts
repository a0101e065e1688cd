import { describe, expect, it } from 'vitest';
import { formatMarkup } from '../../../server/core/edits/markupFormat';
import { applied, callNamed, moduleOf } from './support';

function run(text: string, name = 'Markup') {
  return formatMarkup({
    text,
    call: callNamed(moduleOf(text), name),
    escapeName: 'escape',
    isConstant: (node) => node.kind === 'Name' && /^[A-Z_]+$/.test(node.id),
  });
}

const CASES: readonly (readonly [name: string, before: string, after: string])[] = [
  ['an f-string', 'Markup(f"<b>{x}</b>")', 'Markup("<b>{}</b>").format(x)'],
  [
    'several values',
    'y = Markup(f\'<a href="{u}">{t}</a>\')',
    'y = Markup(\'<a href="{}">{}</a>\').format(u, t)',
  ],
  ['literal braces', 'Markup(f"<b>{{x}}{x}</b>")', 'Markup("<b>{{x}}{}</b>").format(x)'],
  ['a specification', 'Markup(f"<b>{x:>5}{y!r}</b>")', 'Markup("<b>{:>5}{!r}</b>").format(x, y)'],
  ['percent', 'Markup("<b>%s</b>" % x)', 'Markup("<b>%s</b>") % x'],
  ['percent with a tuple', 'Markup("<b>%s %d</b>" % (x, y))', 'Markup("<b>%s %d</b>") % (x, y)'],
  ['percent with a dict', 'Markup("<b>%(a)s</b>" % {"a": x})', 'Markup("<b>%(a)s</b>") % {"a": x}'],
  ['percent before a method', 'Markup("<b>%s</b>" % x).unescape()', '(Markup("<b>%s</b>") % x).unescape()'],
  ['percent over lines', 'Markup("<b>%s</b>"\n       % x)', '(Markup("<b>%s</b>")\n       % x)'],
  ['.format', 'Markup("<b>{}</b>".format(x))', 'Markup("<b>{}</b>").format(x)'],
  ['.format by name', 'Markup("<b>{a}</b>".format(a=x))', 'Markup("<b>{a}</b>").format(a=x)'],
  [
    '.format over lines',
    'Markup(\n    "<b>{}</b>".format(\n        x\n    )\n)',
    'Markup(\n    "<b>{}</b>").format(\n        x\n    )',
  ],
  ['a sum', 'Markup("<b>" + x + "</b>")', 'Markup("<b>{}</b>").format(x)'],
  ['a sum with a call', 'Markup("<b>" + f(x) + "</b>" + y)', 'Markup("<b>{}</b>{}").format(f(x), y)'],
  ['a sum with braces', 'Markup("<b>{" + x + "}</b>")', 'Markup("<b>{{{}}}</b>").format(x)'],
  ['a sum that begins with a value', 'Markup(x + "<br>")', 'Markup("{}" + "<br>").format(x)'],
  ['implicit concatenation', 'Markup("<b>"\n       f"{x}</b>")', 'Markup("<b>"\n       "{}</b>").format(x)'],
  ['a mix', 'Markup("<b>" + x + "%s</b>" % y)', 'Markup("<b>{}" + "{}</b>").format(x, y)'],
  ['a constant that may be HTML', 'Markup(f"{BR}{x}")', 'Markup("{}{}").format(Markup(BR), x)'],
  ['a module name', 'markupsafe.Markup(f"<b>{x}</b>")', 'markupsafe.Markup("<b>{}</b>").format(x)'],
  ['triple quotes', 'Markup(f"""\n<b>{x}</b>\n""")', 'Markup("""\n<b>{}</b>\n""").format(x)'],
  ['an escaped value', 'Markup(f"<b>{escape(x)}</b>")', 'Markup("<b>{}</b>").format(escape(x))'],
  ['a trailing comma', 'Markup("<b>%s</b>" % x,)', 'Markup("<b>%s</b>") % x'],
  ['a conditional value', 'Markup(f"<b>{x if x else y}</b>")', 'Markup("<b>{}</b>").format(x if x else y)'],
  ['a percent sign of a sum', 'Markup("100% " + x)', 'Markup("100% {}").format(x)'],
  [
    'a percent sign that was doubled',
    'Markup("100%% " + y + "%s%%" % x)',
    'Markup("100%% {}" + "{}%").format(y, x)',
  ],
  ['a plain value', 'Markup(request.args["x"])', 'escape(request.args["x"])'],
  ['a plain value of a module name', 'markupsafe.Markup(x + y)', 'escape(x + y)'],
];

describe('formatMarkup', () => {
  it.each(CASES)('with %s', (_name, before, after) => {
    const result = run(before);
    if (result.kind === 'refused') throw new Error(result.reason);
    expect(applied(before, result.edits)).toBe(after);
    expect(result.needsEscape).toBe(after.startsWith('escape'));
  });

  it.each(CASES.filter(([, , after]) => after.includes('Markup')))(
    'has nothing left after %s',
    (_name, _before, after) => {
      expect(run(after).kind).toBe('refused');
    },
  );

  it.each([
    ['a constant text', 'Markup("<b>x</b>")', /constant/],
    ['a named constant', 'Markup(HTML)', /constant/],
    ['more arguments', 'Markup(x, "utf-8")', /other arguments/],
    ['unpacked arguments', 'Markup(*x)', /unpacked/],
    ['a computed width', 'Markup(f"{x:{w}}")', /computed/],
    ['bytes', 'Markup(b"%s" % x)', /bytes/],
    ['a comment at the end', 'Markup(f"{x}"  # ok\n)', /comment/],
  ])('refuses %s', (_name, text, reason) => {
    expect(run(text)).toMatchObject({ kind: 'refused', reason: expect.stringMatching(reason) });
  });
});
