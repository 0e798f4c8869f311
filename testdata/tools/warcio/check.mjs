// Reads a WARC file with npm's warcio and prints one line of JSON a record:
// type, address, status, and whether the digests fit. It ends with 1 where a
// record can't be read or a digest does not fit.
import { createReadStream } from "node:fs";
import { createHash } from "node:crypto";
import { WARCParser } from "warcio";

const base32 = (bytes) => {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  let bits = 0, value = 0, out = "";
  for (const b of bytes) {
    value = (value << 8) | b;
    bits += 8;
    while (bits >= 5) {
      out += letters[(value >>> (bits - 5)) & 31];
      bits -= 5;
    }
    value &= 0xffff;
  }
  if (bits > 0) out += letters[(value << (5 - bits)) & 31];
  while (out.length % 8) out += "=";
  return out;
};
const digest = (bytes) => "sha256:" + base32(createHash("sha256").update(bytes).digest());

let bad = 0;
const parser = new WARCParser(createReadStream(process.argv[2]), { keepHeadersCase: false, parseHttp: false });
for await (const record of parser) {
  const block = await record.readFully(false);
  const get = (name) => record.warcHeaders.headers.get(name);
  const fits = { block: digest(block) === get("WARC-Block-Digest") };
  let status = null;
  if (record.warcType === "response" || record.warcType === "revisit") {
    const end = Buffer.from(block).indexOf("\r\n\r\n");
    status = Number(Buffer.from(block).subarray(0, end).toString("latin1").split(" ")[1]);
    if (record.warcType === "response") fits.payload = digest(block.subarray(end + 4)) === get("WARC-Payload-Digest");
  }
  if (Object.values(fits).includes(false) || block.length !== record.warcContentLength) bad++;
  console.log(JSON.stringify({ type: record.warcType, url: record.warcTargetURI ?? null, status, fits }));
}
process.exit(bad ? 1 : 0);
