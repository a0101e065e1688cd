import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../server/core';
import { escapesItself, escapeTemplate } from '../../../server/core/edits/escapeTemplate';
import { parseTemplate } from '../../../server/core/syntax/jinja/parse';

function escaped(text: string): string {
  const result = escapeTemplate(parseTemplate(text));
  return result.kind === 'edits' ? applyEdits(text, result.edits) : result.reason;
}

describe('escapeTemplate', () => {
  it('leaves the white space of the page as it is', () => {
    expect(escaped('{{ a }}')).toBe('{% autoescape true -%}\n{{ a }}\n{%- endautoescape %}');
    expect(escaped('<p>\r\n{{ a }}\r\n')).toBe(
      '{% autoescape true -%}\r\n<p>\r\n{{ a }}\r\n{%- endautoescape %}\r\n',
    );
    expect(escaped('  {{ a }}\n')).toBe('{% autoescape true %}  {{ a }}{% endautoescape %}\n');
    expect(escaped('{{ a }}\n\n')).toBe('{% autoescape true %}{{ a }}\n{% endautoescape %}\n');
  });

  it('gives what escapes by itself', () => {
    for (const text of [
      '{{ a }}\n',
      '{% extends "b" %}{% block c %}{% if a %}{{ a }}{% endif %}{% endblock %}',
    ]) {
      expect(escapesItself(parseTemplate(text))).toBe(false);
      expect(escapesItself(parseTemplate(escaped(text)))).toBe(true);
    }
  });

  it('knows that a block is not ruled from outside of it', () => {
    const text = '{% autoescape true %}{% block a %}{{ a }}{% endblock %}{% endautoescape %}';
    expect(escapesItself(parseTemplate(text))).toBe(false);
  });
});
