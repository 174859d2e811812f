// Reads a workbook's first sheet as rows of texts, and fills a row into a template: enough to see
// what an export holds and to do what someone does in Excel.
import { crc32, inflateRawSync } from "node:zlib";

/** The files of a zip archive by name. */
export function unzip(bytes) {
  const files = new Map();
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + size);
    files.set(bytes.toString("utf8", at + 46, at + 46 + name), method === 0 ? packed : inflateRawSync(packed));
    at += 46 + name + extra + comment;
  }
  return files;
}

const ENTITIES = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const plain = (xml) => xml.replace(/<[^>]*>/g, "").replace(/&(\w+);/g, (whole, name) => ENTITIES[name] ?? whole);

/** Rows of cells, each a text; numbers as they are stored. */
export function firstSheet(bytes) {
  const files = unzip(bytes);
  const text = (name) => files.get(name)?.toString("utf8") ?? "";
  const shared = [...text("xl/sharedStrings.xml").matchAll(/<si>(.*?)<\/si>/gs)].map((item) => plain(item[1]));
  return [...text("xl/worksheets/sheet1.xml").matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map((row) =>
    [...row[1].matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, attributes, inner = ""]) => {
      const value = plain(inner.match(/<v>(.*?)<\/v>/s)?.[1] ?? "");
      return attributes.includes('t="s"') ? shared[Number(value)] : value;
    }),
  );
}

/** The lists to pick from that the first sheet offers, each with its cells. */
export function dropDowns(bytes) {
  const sheet = unzip(bytes).get("xl/worksheets/sheet1.xml").toString("utf8");
  return [...sheet.matchAll(/<dataValidation ([^>]*)>.*?<formula1>(.*?)<\/formula1>/gs)].map(([, attributes, list]) => ({
    cells: attributes.match(/sqref="([^"]*)"/)[1],
    choices: plain(list).replaceAll('"', "").split(","),
  }));
}

/** The workbook with one more row below all there are. */
export function withRow(bytes, cells) {
  const files = unzip(bytes);
  const name = "xl/worksheets/sheet1.xml";
  const sheet = files.get(name).toString("utf8");
  const at = 1 + Math.max(0, ...[...sheet.matchAll(/<row r="(\d+)"/g)].map((row) => Number(row[1])));
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const cell = (text, n) =>
    text ? `<c r="${String.fromCharCode(65 + n)}${at}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>` : "";
  const row = `<row r="${at}">${cells.map(cell).join("")}</row>`;
  files.set(name, Buffer.from(sheet.replace(/<sheetData\/>|<\/sheetData>/, (end) => (end.endsWith("/>") ? `<sheetData>${row}</sheetData>` : row + end))));
  return zip(files);
}

/** A zip archive of files, stored as they are. */
export function zip(files) {
  const [parts, heads] = [[], []];
  let at = 0;
  for (const [name, data] of files) {
    const path = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(path.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    parts.push(Buffer.from("PK\x03\x04"), common, path, data);
    heads.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), common, tail, path);
    at += 30 + path.length + data.length;
  }
  const size = heads.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...heads, end]);
}
