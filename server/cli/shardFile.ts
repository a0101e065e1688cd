/** What one shard found, as a file: `moat check --shard` writes it, `moat merge` reads it. Of no use for anything else,
 *  and only for the same version of Moat; programs read `--format json`. */
import { createHash } from 'node:crypto';
import { isRecord } from '../core/index';
import type { Analysis } from './analysis';
import type { ReportedFix, SuppressedFinding } from './report';
import type { Shard } from './shares';
import type { Snapshot, SnapshotFile, SnapshotFinding } from './snapshot';
import { mistake, type Parsed, value } from './usage';
import { VERSION } from './version';

export interface ShardResult {
  readonly shard: Shard;
  /** Of what was read, and how. */
  readonly digest: string;
  readonly snapshot: Snapshot;
}

/** A finding whose fix is data. */
type StoredFinding = Omit<SnapshotFinding, 'createFix'> & { readonly fix?: ReportedFix };
type StoredFile = Omit<SnapshotFile, 'findings' | 'suppressed'> & {
  readonly findings: readonly StoredFinding[];
  readonly suppressed: readonly Omit<SuppressedFinding, 'createFix'>[];
};
type StoredResult = Omit<ShardResult, 'snapshot'> & {
  readonly snapshot: Omit<Snapshot, 'files'> & { readonly files: readonly StoredFile[] };
};

export function renderShard(shard: Shard, { snapshot, digest }: Analysis): string {
  const files = snapshot.files.map((file) => ({
    ...file,
    findings: file.findings.map(toStored),
    suppressed: file.suppressed.map(({ createFix: _, ...finding }) => finding),
  }));
  const result: StoredResult = { shard, digest: digest(), snapshot: { ...snapshot, files } };
  const text = JSON.stringify(result);
  return `${JSON.stringify({ format: FORMAT, version: VERSION, checksum: checksum(text), result })}\n`;
}

export function parseShardFile(name: string, text: string): Parsed<ShardResult> {
  const raw = parseJson(text);
  if (!isRecord(raw) || raw.format !== FORMAT)
    return mistake(`${name} is no report of a shard. "moat check --shard 1/2 --output ${name}" writes one.`);
  if (raw.version !== VERSION)
    return mistake(
      `${name} was written by Moat ${String(raw.version)}, and this is Moat ${VERSION}. Use one version for all.`,
    );
  if (checksum(JSON.stringify(raw.result)) !== raw.checksum)
    return mistake(`${name} was changed or cut off since it was written. Run that shard again.`);
  // The checksum says that this is what `renderShard` wrote.
  const { shard, digest, snapshot } = raw.result as StoredResult;
  const files = snapshot.files.map((file) => ({
    ...file,
    findings: file.findings.map(fromStored),
    suppressed: file.suppressed.map((finding) => ({ ...finding, createFix: () => undefined })),
  }));
  return value({ shard, digest, snapshot: { ...snapshot, files } });
}

/** The snapshot that one run would have given; or what is missing, or does not belong together. */
export function mergeShards(named: readonly (ShardResult & { readonly name: string })[]): Parsed<Snapshot> {
  const [first] = named;
  if (first === undefined) return mistake('Name the reports of all shards.');
  const { count } = first.shard;
  const other = named.find((each) => each.shard.count !== count);
  if (other !== undefined)
    return mistake(`${first.name} is one of ${count} shards, ${other.name} one of ${other.shard.count}.`);
  const different = named.find(({ digest }) => digest !== first.digest);
  if (different !== undefined)
    return mistake(
      `${first.name} and ${different.name} do not belong together: they come from different code, settings or options.`,
    );
  const byIndex = new Map<number, ShardResult>();
  for (const each of named) {
    if (byIndex.has(each.shard.index))
      return mistake(`Shard ${each.shard.index} of ${count} is there twice (${each.name}).`);
    byIndex.set(each.shard.index, each);
  }
  const indexes = Array.from({ length: count }, (_, index) => index + 1);
  const missing = indexes.filter((index) => !byIndex.has(index));
  if (missing.length > 0)
    return mistake(
      `${missing.length === 1 ? 'Shard' : 'Shards'} ${missing.join(', ')} of ${count} ${missing.length === 1 ? 'is' : 'are'} missing. Did ${missing.length === 1 ? 'its job' : 'their jobs'} fail?`,
    );
  return value(joined(indexes.flatMap((index) => byIndex.get(index)?.snapshot ?? [])));
}

/** All list the same files, and each file is checked by one of them. */
function joined(snapshots: readonly Snapshot[]): Snapshot {
  const [first] = snapshots as readonly [Snapshot];
  const files = first.files.map((file, index) => {
    const parts = snapshots.flatMap((snapshot) => snapshot.files[index] ?? []);
    return parts.find(({ isChecked, notes }) => isChecked || notes.length > 0) ?? file;
  });
  return { ...first, files, durationMs: Math.max(...snapshots.map(({ durationMs }) => durationMs)) };
}

const FORMAT = 'moat-shard';

function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Then it is no report; the caller says so.
    return undefined;
  }
}

function toStored({ createFix, ...finding }: SnapshotFinding): StoredFinding {
  const fix = createFix();
  return fix === undefined ? finding : { ...finding, fix };
}

function fromStored({ fix, ...finding }: StoredFinding): SnapshotFinding {
  return { ...finding, createFix: () => fix };
}
