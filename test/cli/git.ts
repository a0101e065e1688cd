/** A git repository for a test, made with the real program. */
import { execFileSync } from 'node:child_process';
import { createFolder, writeFiles } from './runMoat';

export class TestRepository {
  readonly folder: string;

  constructor(files: Readonly<Record<string, string | Uint8Array>>) {
    this.folder = createFolder();
    this.git('init', '--quiet', '--initial-branch=main');
    this.commit(files);
  }

  write(files: Readonly<Record<string, string | Uint8Array>>): void {
    writeFiles(this.folder, files);
  }

  commit(files: Readonly<Record<string, string | Uint8Array>> = {}): void {
    this.write(files);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', 'change');
  }

  git(...args: string[]): string {
    const identity = ['-c', 'user.name=T', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', ['-C', this.folder, ...identity, ...args], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  }
}
