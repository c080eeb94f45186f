/**
 * A second verifier of the record: notes, checkpoints, cosignatures, policies, inclusion and consistency.
 *
 * Written from spec/record.md and the standards that it names (C2SP signed-note, tlog-checkpoint, tlog-cosignature,
 * tlog-policy, tlog-proof; RFC 6962, RFC 9162, RFC 8032), not from the Python; it shares no code with it and is tried
 * on the same vectors. It runs in a browser and in Node 18 or newer, on the platform's own cryptography alone.
 *
 * Whatever does not hold throws `Refused`, with a reason in words.
 */

export class Refused extends Error {}

const crypto = globalThis.crypto ?? (await import("node:crypto")).webcrypto;
const utf8 = new TextEncoder();
const HEAD_OF_RECEIPT = "c2sp.org/tlog-proof@v1";
const MOST_SIGNATURES = 100;

function insist(holds, reason) {
  if (!holds) throw new Refused(reason);
}

// Bytes

export function same(a, b) {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function fromHex(text) {
  insist(/^([0-9a-f]{2})*$/.test(text), `not hexadecimal: ${text.slice(0, 20)}`);
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** Base64 of RFC 4648 section 4, padded, no blanks, no spare bits: one text for each string of bytes. */
export function fromBase64(text) {
  let raw;
  try {
    raw = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    throw new Refused("not base64");
  }
  insist(btoa(String.fromCharCode(...raw)) === text, "not strict base64");
  return raw;
}

function text(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused("not UTF-8");
  }
}

export async function sha256(...parts) {
  insist(crypto?.subtle, "this page was not opened over https, so the browser lends it no cryptography");
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
}

// The tree: RFC 6962 section 2.1, RFC 9162 sections 2.1.3.2 and 2.1.4.2 (R24). Sizes are BigInt.

export const leafHash = (leaf) => sha256(Uint8Array.of(0), leaf);
export const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);

function checkHashes(...hashes) {
  insist(hashes.every((hash) => hash.length === 32), "a hash has not 32 bytes");
}

/** Throw unless a proof leads from a leaf's hash, at an index, to the root of a tree of `size` leaves. */
export async function checkInclusion({ hash, index, size, proof, root }) {
  checkHashes(hash, root, ...proof);
  insist(index >= 0n && index < size, `no act ${index} in a record of ${size}`);
  let [fn, sn, r] = [index, size - 1n, hash];
  for (const p of proof) {
    insist(sn !== 0n, "the proof is longer than the tree is high");
    if (fn & 1n || fn === sn) {
      r = await nodeHash(p, r);
      while (!(fn & 1n) && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      r = await nodeHash(r, p);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  insist(sn === 0n, "the proof ends below the root");
  insist(same(r, root), "the proof leads to another root");
}

/** Throw unless a proof shows that a tree begins with the older one. */
export async function checkConsistency({ oldSize, oldRoot, size, root, proof }) {
  insist(oldSize > 0n && oldSize <= size, `from ${oldSize} acts to ${size} nothing is shown`);
  if (oldSize === size) {
    insist(proof.length === 0 && same(oldRoot, root), "two records of the same size");
    return;
  }
  checkHashes(oldRoot, root, ...proof);
  const path = (oldSize & (oldSize - 1n)) === 0n ? [oldRoot, ...proof] : [...proof];
  insist(path.length > 0, "the proof is empty");
  let [fn, sn] = [oldSize - 1n, size - 1n];
  while (fn & 1n) [fn, sn] = [fn >> 1n, sn >> 1n];
  let [fr, sr] = [path[0], path[0]];
  for (const c of path.slice(1)) {
    insist(sn !== 0n, "the proof is longer than the tree is high");
    if (fn & 1n || fn === sn) {
      [fr, sr] = [await nodeHash(c, fr), await nodeHash(c, sr)];
      while (!(fn & 1n) && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      sr = await nodeHash(sr, c);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  insist(sn === 0n && same(fr, oldRoot) && same(sr, root), "the newer record does not begin with the older one");
}

// Ed25519 under the pinned rule of R12.

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const littleEndian = (bytes) => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
const ORDER_8 = littleEndian(fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"));
const SMALL_ORDER = new Set([0n, 1n, P - 1n, ORDER_8, P - ORDER_8]);

function checkPoint(encoded, name) {
  const y = littleEndian(encoded) & (2n ** 255n - 1n);
  insist(y < P, `${name} is not in canonical encoding`);
  insist(!SMALL_ORDER.has(y), `${name} is a point of small order`);
}

export async function checkEd25519(key, signature, message) {
  insist(key.length === 32 && signature.length === 64, "a key has 32 bytes, a signature 64");
  checkPoint(key, "the key");
  checkPoint(signature.slice(0, 32), "R");
  insist(littleEndian(signature.slice(32)) < L, "S is not below the order of the base point");
  const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
  insist(await crypto.subtle.verify("Ed25519", imported, signature, message), "it is not a signature of these bytes");
}

// Notes and keys: C2SP signed-note.

function checkName(name) {
  insist(name !== "" && !/[\p{White_Space}+]/u.test(name), `the key name ${JSON.stringify(name)} is unfit`);
}

async function keyId(name, typed) {
  return hex((await sha256(utf8.encode(`${name}\n`), typed)).slice(0, 4));
}

const TYPES = { 1: ["ed25519", 32], 4: ["ed25519", 32], 6: ["ml-dsa-44", 1312] };

/** Return `{name, id, type, kind, key}` of a text `name+hash+base64`; `types` are the signature types to accept. */
export async function parseKey(written, types) {
  const [, name, id, encoded] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/su.exec(written) ?? [];
  insist(name !== undefined, "a key reads name+hash+base64");
  checkName(name);
  const typed = fromBase64(encoded);
  const [kind, length] = types.includes(typed[0]) ? TYPES[typed[0]] : [];
  insist(kind && typed.length === 1 + length, `the key of ${name} is of no type that is expected here`);
  insist((await keyId(name, typed)) === id, `the key of ${name} is mistyped`);
  return { name, id, type: typed[0], kind, key: typed.slice(1) };
}

/** Return `{text, signatures: [{name, id, signature}]}` of the bytes of a note, read strictly (R28). */
export function parseNote(raw) {
  insist(raw.length <= 1_000_000, "the note is too long");
  const whole = text(raw);
  insist(!/[\x00-\x09\x0b-\x1f]/.test(whole), "the note holds a control character");
  const at = whole.lastIndexOf("\n\n");
  insist(at >= 0 && whole.endsWith("\n"), "the note lacks the empty line before its signatures");
  const lines = whole.slice(at + 2, -1).split("\n");
  insist(lines.length <= MOST_SIGNATURES, "the note has too many signatures");
  return { text: whole.slice(0, at + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line) {
  const [, name, encoded] = /^— ([^ ]*) (.*)$/su.exec(line) ?? [];
  insist(name !== undefined, "not a signature line");
  checkName(name);
  const raw = fromBase64(encoded);
  insist(raw.length >= 5, `the signature by ${name} is too short`);
  return { name, id: hex(raw.slice(0, 4)), signature: raw.slice(4) };
}

/** Return `{origin, size, root}` of a checkpoint's text (R25). */
export function parseHead(written) {
  const lines = written.split("\n");
  insist(lines.length === 4 && lines[3] === "", "a checkpoint has three lines of text");
  const [origin, size, root] = lines;
  insist(origin !== "" && /^(0|[1-9][0-9]{0,15})$/.test(size), "a checkpoint says its origin and its size");
  const hash = fromBase64(root);
  insist(hash.length === 32, "the root has not 32 bytes");
  return { origin, size: BigInt(size), root: hash };
}

const own = (note, key) => note.signatures.filter((each) => each.name === key.name && each.id === key.id);

/** Return the checkpoint of a note that the log's key signed (R26). */
export async function checkCheckpoint(raw, log) {
  const note = parseNote(raw);
  const head = parseHead(note.text);
  insist(head.origin === log.name, `the checkpoint is of ${head.origin}, the key of ${log.name}`);
  const signatures = own(note, log);
  insist(signatures.length > 0, `the note carries no signature by ${log.name}`);
  for (const each of signatures) await checkEd25519(log.key, each.signature, utf8.encode(note.text));
  return head;
}

// Cosignatures: C2SP tlog-cosignature (R47).

function bigEndian(number) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, number);
  return bytes;
}

function counted(name) {
  const bytes = utf8.encode(name);
  insist(bytes.length >= 1 && bytes.length <= 255, "a name in a cosignature has 1 to 255 bytes");
  return joined(Uint8Array.of(bytes.length), bytes);
}

/** Return the bytes that a witness signs at a moment (BigInt, seconds since 1970). */
export function cosignedMessage(name, kind, written, at) {
  if (kind === "ed25519") return utf8.encode(`cosignature/v1\ntime ${at}\n${written}`);
  const head = parseHead(written);
  return joined(
    utf8.encode("subtree/v1\n\0"), counted(name), bigEndian(at), counted(head.origin), bigEndian(0n),
    bigEndian(head.size), head.root,
  );
}

/** Return the moment of a cosignature that holds; null where this platform cannot check its kind. */
export async function checkCosignature({ signature }, written, key) {
  insist(signature.length === 8 + (key.kind === "ed25519" ? 64 : 2420), `the cosignature by ${key.name} is too short`);
  const at = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  insist(at < 2n ** 63n, `the cosignature by ${key.name} bears a moment past 2^63 - 1`);
  const message = cosignedMessage(key.name, key.kind, written, at);
  if (key.kind === "ed25519") {
    await checkEd25519(key.key, signature.slice(8), message);
    return at;
  }
  let imported;
  try {
    imported = await crypto.subtle.importKey("raw-public", key.key, { name: "ML-DSA-44" }, false, ["verify"]);
  } catch {
    return null;
  }
  insist(await crypto.subtle.verify("ML-DSA-44", imported, signature.slice(8), message), "the cosignature does not hold");
  return at;
}

// Policies: C2SP tlog-policy (R48). Names are octets, kept one to a character.

/** Return `{logs, witnesses, groups, quorum}` of the bytes of a policy; `Refused.line` names the line at fault. */
export async function parsePolicy(raw) {
  const policy = { logs: [], witnesses: [], groups: [], quorum: null };
  const names = new Map();
  const lines = Array.from(raw, (byte) => String.fromCharCode(byte)).join("").split("\n");
  try {
    insist(lines.pop() === "", "the last line does not end in a line feed");
  } catch (fault) {
    throw Object.assign(fault, { line: lines.length + 1 });
  }
  for (const [number, line] of lines.entries()) {
    try {
      insist(!/[^\t\x20-\x7e\x80-\xff]/.test(line), "a control character");
      const words = line.split(/[ \t]+/).filter((word) => word !== "");
      if (words.length && !words[0].startsWith("#")) await readLine(policy, names, words);
    } catch (fault) {
      throw Object.assign(fault, { line: number + 1 });
    }
  }
  if (policy.quorum === null) throw Object.assign(new Refused("no line says the quorum"), { line: 0 });
  return policy;
}

const octets = (word) => text(Uint8Array.from(word, (char) => char.charCodeAt(0)));

function define(names, name) {
  insist(name !== "none" && !names.has(name), `the name ${name} is taken`);
  names.set(name, false);
}

async function readLine(policy, names, [word, ...rest]) {
  const known = (list, key) => list.some((each) => same(each.key.key, key.key));
  if (word === "log") {
    insist(rest.length === 1 || rest.length === 2, "expected: log KEY [ADDRESS]");
    const key = await parseKey(octets(rest[0]), [1]);
    insist(!known(policy.logs, key), "a log's key stands twice");
    policy.logs.push({ key, url: rest[1] ?? "" });
  } else if (word === "witness") {
    insist(rest.length === 2 || rest.length === 3, "expected: witness NAME KEY [ADDRESS]");
    const key = await parseKey(octets(rest[1]), [4, 6]);
    insist(!known(policy.witnesses, key), "a witness's key stands twice");
    define(names, rest[0]);
    policy.witnesses.push({ name: rest[0], key, url: rest[2] ?? "" });
  } else if (word === "group") {
    const [name, least, ...members] = rest;
    insist(members.length > 0, "expected: group NAME all|any|NUMBER MEMBER ...");
    for (const member of members) {
      insist(names.has(member), `${member} is no witness and no group of a line above`);
      insist(!names.get(member), `${member} is a member of a group already`);
      names.set(member, true);
    }
    const number = /^[1-9][0-9]{0,8}$/.test(least) ? Number(least) : 0;
    const needed = { all: members.length, any: 1 }[least] ?? number;
    insist(needed >= 1 && needed <= members.length, `${least} is not all, any, or a number of the members`);
    define(names, name);
    policy.groups.push({ name, least: needed, members });
  } else if (word === "quorum") {
    insist(rest.length === 1 && policy.quorum === null, "a policy has one line: quorum NAME");
    insist(rest[0] === "none" || names.has(rest[0]), `${rest[0]} is no witness and no group of a line above`);
    policy.quorum = rest[0];
  } else {
    throw new Refused(`${word} begins no line of a policy`);
  }
}

/** Return `{head, at, unchecked}` of a note that a policy accepts: moments by witness, witnesses of a kind unknown here. */
export async function checkPolicy(raw, policy) {
  const note = parseNote(raw);
  const head = parseHead(note.text);
  const logs = policy.logs.filter((log) => log.key.name === head.origin);
  insist(logs.length > 0, `the policy names no log ${head.origin}`);
  const signing = logs.filter((log) => own(note, log.key).length > 0);
  insist(signing.length > 0, `the note carries no signature by ${head.origin}`);
  for (const log of signing) await checkCheckpoint(raw, log.key);
  const [at, unchecked] = [new Map(), []];
  for (const witness of policy.witnesses) {
    for (const each of own(note, witness.key)) {
      const moment = await checkCosignature(each, note.text, witness.key);
      if (moment === null) unchecked.push(witness.name);
      else if (!(at.get(witness.name) >= moment)) at.set(witness.name, moment);
    }
  }
  const vouching = new Set(at.keys());
  for (const group of policy.groups) {
    if (group.members.filter((member) => vouching.has(member)).length >= group.least) vouching.add(group.name);
  }
  insist(policy.quorum === "none" || vouching.has(policy.quorum), `too few witnesses vouch: ${policy.quorum} is short`);
  return { head, at, unchecked };
}

// Receipts: C2SP tlog-proof (R29).

/** Return `{index, proof, note}` of the bytes of a receipt. */
export function parseReceipt(raw) {
  const at = raw.findIndex((byte, i) => byte === 10 && raw[i + 1] === 10);
  insist(at >= 0, "the receipt lacks an empty line");
  const lines = text(raw.slice(0, at)).split("\n");
  const [, index] = /^index (0|[1-9][0-9]{0,15})$/.exec(lines[1] ?? "") ?? [];
  insist(lines[0] === HEAD_OF_RECEIPT && index !== undefined, `a receipt begins with ${HEAD_OF_RECEIPT} and an index`);
  insist(lines.length - 2 <= 64, "the receipt has more hashes than any tree is high");
  return { index: BigInt(index), proof: lines.slice(2).map(fromBase64), note: raw.slice(at + 2) };
}

/** Return the checkpoint under which a receipt shows that a leaf is in the record of a log. */
export async function checkReceipt(raw, leaf, log) {
  const receipt = parseReceipt(raw);
  const head = await checkCheckpoint(receipt.note, log);
  await checkInclusion({ hash: await leafHash(leaf), index: receipt.index, proof: receipt.proof, ...head });
  return head;
}
