/** Plays a session of steps against a running app, as one or several visitors with their cookies. */
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { Parser } from 'htmlparser2';
import type { PythonStep, RequestStep, Saved, Step, SubmitStep, Text } from './labModule';
import type { Python } from './python';

export interface Answer {
  /** 0 where none came in time. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly ms: number;
  /** What was asked, for messages. */
  readonly asked: string;
}

export interface Session {
  /** One for each step but those in Python. */
  readonly answers: readonly { readonly step: RequestStep | SubmitStep; readonly answer: Answer }[];
  readonly saved: Saved;
}

type Jar = Map<string, string>;

const TIMEOUT_MS = 20_000; // per request; attacks that wait take a few seconds

export async function playSession(
  steps: readonly Step[],
  python: Python,
  given: { readonly origin: string } & Saved,
): Promise<Session> {
  const jars = new Map<string, Jar>();
  const saved: Record<string, string> = { ...given };
  const answers: { step: RequestStep | SubmitStep; answer: Answer }[] = [];
  for (const step of steps) {
    if ('python' in step) {
      saved[step.saveAs] = await runTool(step, python, saved);
      continue;
    }
    const name = step.as ?? '';
    const jar = jars.get(name) ?? new Map<string, string>();
    jars.set(name, jar);
    const visitor = { origin: given.origin, jar, saved };
    const answer = 'submit' in step ? await submitForm(visitor, step) : await send(visitor, step);
    answers.push({ step, answer });
    for (const [key, pattern] of Object.entries(step.save ?? {})) {
      const match = pattern.exec(`${headOf(answer)}\n\n${answer.body}`);
      saved[key] = match?.[1] ?? '';
    }
  }
  return { answers, saved };
}

export function headOf({ headers }: Answer): string {
  return Object.entries(headers)
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value ?? '']).map((each) => `${name}: ${each}`),
    )
    .join('\n');
}

interface Visitor {
  readonly origin: string;
  readonly jar: Jar;
  readonly saved: Saved;
}

function runTool(step: PythonStep, python: Python, saved: Saved): Promise<string> {
  const start = ['import json, sys', 'saved = json.load(sys.stdin)'];
  return python.run([...start, ...step.python], JSON.stringify(saved));
}

function send(visitor: Visitor, step: RequestStep): Promise<Answer> {
  const to = toText(step.to, visitor.saved);
  const [method, path] = /^[A-Z]+ /.test(to)
    ? [to.slice(0, to.indexOf(' ')), to.slice(to.indexOf(' ') + 1)]
    : ['GET', to];
  const query = step.query === undefined ? '' : `?${encode(toTexts(step.query, visitor.saved))}`;
  const { type, body } = bodyOf(step, visitor.saved);
  const headers: Record<string, string> = {
    ...(type === undefined ? {} : { 'Content-Type': type }),
    ...toTexts(step.headers ?? {}, visitor.saved),
  };
  return exchange(visitor, { method, path: path + query, headers, body });
}

function bodyOf(step: RequestStep, saved: Saved): { readonly type?: string; readonly body: Buffer } {
  if (step.files !== undefined) {
    const boundary = 'lab-0f5d2a';
    const fields = Object.entries(toTexts(step.form ?? {}, saved)).map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const files = Object.entries(step.files).map(
      ([name, file]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${file.name}"\r\n` +
        `Content-Type: application/octet-stream\r\n\r\n${toText(file.content, saved)}\r\n`,
    );
    const body = Buffer.from(`${[...fields, ...files].join('')}--${boundary}--\r\n`);
    return { type: `multipart/form-data; boundary=${boundary}`, body };
  }
  if (step.json !== undefined)
    return { type: 'application/json', body: Buffer.from(JSON.stringify(step.json)) };
  if (step.form !== undefined)
    return {
      type: 'application/x-www-form-urlencoded',
      body: Buffer.from(encode(toTexts(step.form, saved))),
    };
  return { body: Buffer.from(step.body === undefined ? '' : toText(step.body, saved)) };
}

/** Gets the page and sends its form back, as filled in. */
async function submitForm(visitor: Visitor, step: SubmitStep): Promise<Answer> {
  const page = toText(step.submit, visitor.saved);
  const shown = await exchange(visitor, { method: 'GET', path: page, headers: {}, body: Buffer.alloc(0) });
  const form = formWith(shown.body, Object.keys(step.fill));
  const fields = { ...form.fields, ...toTexts(step.fill, visitor.saved) };
  const path = form.action === '' ? page : new URL(form.action, `${visitor.origin}${page}`).pathname;
  const isPost = form.method === 'post';
  return exchange(visitor, {
    method: isPost ? 'POST' : 'GET',
    path: isPost ? path : `${path}?${encode(fields)}`,
    headers: isPost
      ? { 'Content-Type': 'application/x-www-form-urlencoded', Referer: `${visitor.origin}${page}` }
      : {},
    body: Buffer.from(isPost ? encode(fields) : ''),
  });
}

interface Form {
  readonly action: string;
  readonly method: string;
  /** What the page fills in. */
  readonly fields: Record<string, string>;
}

/** The first form of a page that has all the fields. */
function formWith(html: string, names: readonly string[]): Form {
  const forms: Form[] = [];
  let open: Form | undefined;
  const parser = new Parser({
    onopentag(element, { name, value, action = '', method = 'get' }) {
      if (element === 'form') {
        open = { action, method: method.toLowerCase(), fields: {} };
        forms.push(open);
      }
      if (/^(?:input|textarea|select)$/.test(element) && open !== undefined && name !== undefined)
        open.fields[name] = value ?? '';
    },
    onclosetag(element) {
      if (element === 'form') open = undefined;
    },
  });
  parser.end(html);
  const found = forms.find(({ fields }) => names.every((name) => name in fields));
  if (found === undefined) throw new Error(`The page has no form with ${names.join(', ')}:\n${html}`);
  return found;
}

interface Wire {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

function exchange({ origin, jar }: Visitor, { method, path, headers, body }: Wire): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const startMs = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: hostname,
        port,
        method,
        // As it is: an attacker's client would not tidy `..` away.
        path,
        headers: {
          ...(cookie === '' ? {} : { Cookie: cookie }),
          ...(body.length > 0 || method === 'POST' ? { 'Content-Length': body.length } : {}),
          ...headers,
        },
        agent: false,
        timeout: TIMEOUT_MS,
      },
      (received: IncomingMessage) => {
        const chunks: Buffer[] = [];
        received.on('data', (chunk: Buffer) => chunks.push(chunk));
        received.on('error', reject);
        received.on('end', () => {
          for (const line of received.headers['set-cookie'] ?? []) keepCookie(jar, line);
          resolve({
            status: received.statusCode ?? 0,
            headers: received.headers,
            body: Buffer.concat(chunks).toString('utf8'),
            ms: performance.now() - startMs,
            asked: `${method} ${path}`,
          });
        });
      },
    );
    // An answer that does not come is an answer, too: some attacks are about that.
    sent.on('timeout', () => {
      resolve({
        status: 0,
        headers: {},
        body: '',
        ms: performance.now() - startMs,
        asked: `${method} ${path}`,
      });
      sent.destroy();
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function keepCookie(jar: Jar, line: string): void {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const name = pair.slice(0, pair.indexOf('='));
  if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) jar.delete(name);
  else jar.set(name, pair.slice(name.length + 1));
}

function toText(text: Text, saved: Saved): string {
  return typeof text === 'string' ? text : text(saved);
}

function toTexts(texts: Readonly<Record<string, Text>>, saved: Saved): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, toText(text, saved)]));
}

function encode(fields: Readonly<Record<string, string>>): string {
  return new URLSearchParams(fields).toString();
}
