/** Packs the files of a zip archive once more, tighter: Zopfli searches longer for the same format.
 *  @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
import { readFileSync, writeFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { ScriptError } from './progress.mjs';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DEFLATE = 8;
/** Sizes come after the data; not needed once they are known. */
const HAS_DESCRIPTOR = 0x0008;
/** More of them take longer and save next to nothing. */
const N_ITERATIONS = 5;

/** @typedef {{ header: Buffer, name: Buffer, data: Buffer }} Entry as in the central directory */

/** @param {string} file */
export async function recompress(file) {
  const zopfli = await import('@gfx/zopfli').catch(() => undefined);
  if (zopfli === undefined) {
    console.error('Zopfli, which packs tighter, is not installed: `npm ci` brings it.');
    return;
  }
  const deflate = (/** @type {Buffer} */ data) => zopfli.deflateAsync(data, { numiterations: N_ITERATIONS });
  const entries = readEntries(readFileSync(file));
  /** @type {Buffer[]} */
  const parts = [];
  /** @type {Buffer[]} */
  const directory = [];
  let offset = 0;
  for (const { header, name, data } of entries) {
    const packed = header.readUInt16LE(10) === DEFLATE ? await tighter(data, deflate) : data;
    header.writeUInt16LE(header.readUInt16LE(8) & ~HAS_DESCRIPTOR, 8);
    header.writeUInt32LE(packed.length, 20);
    header.writeUInt16LE(0, 30); // No extra fields, no comment.
    header.writeUInt16LE(0, 32);
    header.writeUInt32LE(offset, 42);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(LOCAL, 0);
    // Version, flags, method, time, checksum and sizes stand in the same order in both.
    header.copy(local, 4, 6, 28);
    local.writeUInt16LE(name.length, 26);
    parts.push(local, name, packed);
    directory.push(header, name);
    offset += local.length + name.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  writeFileSync(file, Buffer.concat([...parts, central, end]));
}

/** @param {Buffer} data
 *  @param {(data: Buffer) => Promise<Uint8Array>} deflate */
async function tighter(data, deflate) {
  const found = Buffer.from(await deflate(inflateRawSync(data)));
  return found.length < data.length ? found : data;
}

/** @param {Buffer} zip
 *  @returns {Entry[]} */
function readEntries(zip) {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0) throw new ScriptError('The package is no zip archive.');
  /** @type {Entry[]} */
  const entries = [];
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    if (zip.readUInt32LE(at) !== CENTRAL) throw new ScriptError('The directory of the package is damaged.');
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.subarray(at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    entries.push({ header: Buffer.from(zip.subarray(at, at + 46)), name, data });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}
