/** A visitor's text stands among the instructions of a language model. */
import { isTainted, type Value } from '../flow/values';
import { INSTRUCTIONS } from '../knowledge/languageModels';
import { flowRule } from './flowRule';

export const rule = flowRule({
  id: 'prompt-injection',
  title: 'Instruction to a model from a visitor',
  kind: 'trust',
  about: 'prompt',
  severity: 'hint',
  doc: {
    happens:
      'A model follows what stands in its instructions. A visitor who writes into them can take back the rules of the app: show what it was told, call its tools, answer in its name.',
    vulnerable: {
      'app.py': `
from flask import Flask, request
from openai import OpenAI

app = Flask(__name__)
client = OpenAI()


@app.post("/ask")
def ask():
    style = request.form["style"]
    answer = client.responses.create(
        model="gpt-4o", instructions=f"Answer in the style of {style}.", input=request.form["question"]
    )
    return {"answer": answer.output_text}
`,
    },
    safe: {
      'app.py': `
from flask import Flask, request
from openai import OpenAI

app = Flask(__name__)
client = OpenAI()
STYLES = {"short": "Answer in one sentence.", "long": "Explain every step."}


@app.post("/ask")
def ask():
    style = STYLES.get(request.form["style"], STYLES["short"])
    answer = client.responses.create(model="gpt-4o", instructions=style, input=request.form["question"])
    return {"answer": answer.output_text}
`,
    },
    why: 'Instructions come from the code, and visitors choose among them; what they write themselves is a message of the user.',
    limits:
      'Messages of the role `user` are not reported, though a model may follow them as well: give it no rights that the visitor does not have.',
    references: [
      {
        title: 'CWE-1427: Improper Neutralization of Input Used for LLM Prompting',
        url: 'https://cwe.mitre.org/data/definitions/1427.html',
      },
      {
        title: 'OWASP: prompt injection',
        url: 'https://genai.owasp.org/llmrisk/llm01-prompt-injection/',
      },
    ],
  },
  only: INSTRUCTIONS,
  accepts: ({ argument, value }) =>
    argument.kind !== 'Name' && argument.kind !== 'List' ? true : isInstructing(value),
  message: (label) => `\`${label}\` becomes an instruction to a language model.`,
});

/** In a list of messages, one of the role `system` or `developer` has it. */
function isInstructing(value: Value): boolean {
  const { contents } = value;
  if (contents === undefined) return true;
  return [...contents.entries.values(), ...(contents.rest ? [contents.rest] : [])].some((message) => {
    const role = message.contents?.entries.get('k:role');
    const content = message.contents?.entries.get('k:content');
    return (
      role?.constants?.some((known) => known === 'system' || known === 'developer') === true &&
      content !== undefined &&
      isTainted(content, 'trust')
    );
  });
}
