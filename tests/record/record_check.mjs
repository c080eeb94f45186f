/**
 * Judge the vectors with the verifier of the pages, in Node, and print what it says of each as one JSON object.
 *
 *   node record_check.mjs RECORD-CHECK.MJS SPEC-VECTORS [SHARED-VECTORS]
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [, , module, spec, shared] = process.argv;
const check = await import(pathToFileURL(module));
const utf8 = new TextEncoder();
const load = (name) => JSON.parse(readFileSync(join(spec, name)));
const log = await check.parseKey(load("checkpoint.json").vkey, [1]);

/** Return true, or the reason of a refusal; anything else that is thrown is a defect and ends the run. */
async function holds(judged) {
  try {
    await judged();
    return true;
  } catch (fault) {
    if (!(fault instanceof check.Refused)) throw fault;
    return fault.message;
  }
}

const each = async (list, judge) => {
  const found = [];
  for (const item of list) found.push(await holds(() => judge(item)));
  return found;
};

const said = {};

const tree = load("tree.json");
const root = check.fromHex(tree.roots[7]);
said.inclusion = await each(tree.inclusion.entries(), async ([index, proof]) =>
  check.checkInclusion({
    hash: await check.leafHash(Uint8Array.of(index)), index: BigInt(index), size: 7n, root,
    proof: proof.map(check.fromHex),
  }));
said.consistency = await each(Object.entries(tree.consistency), async ([old, proof]) =>
  check.checkConsistency({
    oldSize: BigInt(old), oldRoot: check.fromHex(tree.roots[old]), size: 7n, root, proof: proof.map(check.fromHex),
  }));

const notes = load("checkpoint.json");
said.checkpoint = await each([notes.checkpoint], (note) => check.checkCheckpoint(utf8.encode(note), log));
said.refused_checkpoints = await each(notes.refused, ({ note }) => check.checkCheckpoint(utf8.encode(note), log));
const leaf = check.fromHex(load("act_signature.json").leaf);
const receipt = utf8.encode(notes.receipt_of_act_1);
said.receipt = await each([leaf, leaf.slice(1)], (bytes) => check.checkReceipt(receipt, bytes, log));

const witnesses = load("witness.json");
const bytesOf = (lines) => utf8.encode(lines.map((line) => `${line}\n`).join(""));
const policy = await check.parsePolicy(bytesOf(witnesses.policy));
said.cosigned = [];
for (const { note } of witnesses.accepted) {
  const { at } = await check.checkPolicy(utf8.encode(note), policy);
  said.cosigned.push(Object.fromEntries([...at].map(([name, moment]) => [name, Number(moment)])));
}
said.refused_notes = await each(witnesses.refused, ({ note }) => check.checkPolicy(utf8.encode(note), policy));
said.refused_policies = [];
for (const { policy: lines } of witnesses.refused_policies) {
  try {
    await check.parsePolicy(bytesOf(lines));
    said.refused_policies.push(null);
  } catch (fault) {
    if (!(fault instanceof check.Refused)) throw fault;
    said.refused_policies.push(fault.line);
  }
}
const text = check.parseNote(utf8.encode(witnesses.accepted[0].note)).text;
said.message_ml_dsa_44 = check.hex(check.cosignedMessage("unions-1.example/w", "ml-dsa-44", text, 258n));

if (shared) {
  const bytes = (encoded) => new Uint8Array(Buffer.from(encoded ?? "", "base64"));
  const files = (kind) =>
    readdirSync(join(shared, "rfc6962", kind), { recursive: true }).filter((name) => name.endsWith(".json")).sort()
      .map((name) => [name, JSON.parse(readFileSync(join(shared, "rfc6962", kind, name)))]);
  said.official_inclusion = {};
  for (const [name, given] of files("inclusion")) {
    const size = BigInt(given.treeSize);
    const found = await holds(() =>
      check.checkInclusion({
        hash: bytes(given.leafHash), index: BigInt(given.leafIdx), size, root: bytes(given.root),
        proof: (given.proof ?? []).map(bytes),
      }));
    said.official_inclusion[name] = [found === true, given.wantErr];
  }
  said.official_consistency = {};
  for (const [name, given] of files("consistency")) {
    const found = await holds(() =>
      check.checkConsistency({
        oldSize: BigInt(given.size1), oldRoot: bytes(given.root1), size: BigInt(given.size2), root: bytes(given.root2),
        proof: (given.proof ?? []).map(bytes),
      }));
    said.official_consistency[name] = [found === true, given.wantErr];
  }
  said.ed25519 = [];
  for (const { number, key, sig, msg } of JSON.parse(readFileSync(join(shared, "ed25519", "ed25519vectors.json")))) {
    const found = await holds(() => check.checkEd25519(check.fromHex(key), check.fromHex(sig), utf8.encode(msg)));
    if (found === true) said.ed25519.push(number);
  }
}

console.log(JSON.stringify(said));
