/** The language server as a process of its own: only where there are processes. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { closeEditors, openFile, replaceText, shownRules, waitFor, waitForRules } from './world';

const SERVER = /dist\/extension\.js/;

/** Processes of the language server that this extension host started. */
function serverPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
        return Number(parent) === process.pid && SERVER.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
      } catch {
        // It ended meanwhile.
        return false;
      }
    });
}

describe('a language server that is killed', () => {
  afterEach(closeEditors);

  it('comes back with its findings, once, and follows what is typed', async () => {
    const editor = await openFile('app.py');
    const { uri } = editor.document;
    await waitForRules(uri, ['sql-injection']);
    const [pid, ...others] = serverPids();
    expect(others, 'one server').to.have.lengthOf(0);
    // In the middle of work: the edit is on its way.
    await replaceText(editor, '\n', '\n# typed\n');
    process.kill(pid as number, 'SIGKILL');
    const next = await waitFor('another server', () => {
      const now = serverPids();
      return now.length === 1 && now[0] !== pid ? now[0] : undefined;
    });
    await waitForRules(uri, ['sql-injection']);
    await replaceText(editor, '# typed', 'eval(input())');
    await waitFor('the finding of what was typed', () => (shownRules(uri).length > 1 ? true : undefined));
    expect(serverPids(), 'no storm').to.deep.equal([next]);
  });
});
