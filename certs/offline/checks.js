// What is checked of a credential, against what is pinned in this file.
const DAY = 86400000;
const LARGEST_DATA = 2000000;
const LARGEST_LIST = 8000000;

// Data Integrity, eddsa-jcs-2022: SHA-256 of the options, then of the document, signed by Ed25519.
async function proofProblem(document, keys) {
  const {proof, ...unsecured} = document;
  const own = [proof ?? []].flat().filter(one => one.cryptosuite === 'eddsa-jcs-2022');
  if (own.length !== 1) return 'It carries no proof that this page can check.';
  const {proofValue, ...options} = own[0];
  const key = keys.find(one => one.id === options.verificationMethod);
  if (!key) return 'It is signed with a key that is not the academy\u2019s.';
  if (key.revoked_at) return 'It is signed with a key that the academy has withdrawn.';
  if (key.retired_at && new Date(options.created) > new Date(key.retired_at)) {
    return 'It is signed with a key that the academy no longer used by then.';
  }
  if (options.proofPurpose !== 'assertionMethod') return 'Its proof was made for another purpose.';
  if (canonical(options['@context']) !== canonical(unsecured['@context'])) {
    return 'Its proof was made for another kind of document.';
  }
  const bytes = joined(
    await sha256(utf8(canonical(options))), await sha256(utf8(canonical(unsecured))));
  const value = fromBase58(String(proofValue).slice(1));
  const good = await signed(publicKeyOf(key.multibase), value, bytes);
  return good ? '' : 'Something in it was changed after it was signed.';
}

async function checkData(document, trust) {
  const problem = await proofProblem(document, trust.keys);
  return problem
    ? ['failed', problem]
    : ['passed', 'Every letter of the data is as it was signed (eddsa-jcs-2022).'];
}

function checkIssuer(document, trust) {
  const issuer = document.issuer?.id ?? document.issuer;
  return issuer === trust.issuer
    ? ['passed', `It names ${trust.issuer} as its issuer, whose keys are pinned in this page.`]
    : ['failed', `It names ${issuer} as its issuer, not ${trust.issuer}.`];
}

function checkDates(document, now) {
  const end = document.validUntil ? new Date(document.validUntil) : null;
  if (now < new Date(document.validFrom)) return ['failed', 'It is not valid yet.'];
  if (end && now >= end) return ['expired', `It ended on ${day(end)}.`];
  return ['passed', end ? `It is valid until ${day(end)}.` : 'It has no end date.'];
}

async function bitOf(list, index) {
  const encoded = list.credentialSubject.encodedList;
  const bits = await inflated(fromBase64(encoded.slice(1)), 'gzip', LARGEST_LIST);
  if (!(index >= 0 && index < bits.length * 8)) throw new Error('a place beyond the list');
  return Boolean(bits[index >> 3] & (0x80 >> (index % 8)));
}

// A list says nothing once it is out of date: what was revoked since would look valid.
async function checkList(purpose, document, trust, now) {
  const list = trust.lists.find(one => one.credentialSubject.statusPurpose === purpose);
  if (!list) return ['unknown', `No list of ${purpose}s is at hand.`];
  const problem = await proofProblem(list, trust.keys);
  if (problem) return ['unknown', `The list of ${purpose}s is not the academy\u2019s. ${problem}`];
  const entry = document.credentialStatus;
  const index = /^\d+$/.test(entry?.statusListIndex) ? Number(entry.statusListIndex) : -1;
  const dated = `the list dated ${minute(new Date(list.validFrom))}`;
  if (purpose === 'revocation' && entry?.statusListCredential !== list.id) {
    return ['unknown', 'It names another list than the one at hand.'];
  }
  if (await bitOf(list, index)) return [purpose, `It stands in ${dated}.`];
  if (now >= new Date(list.validUntil)) {
    return ['unknown', `It does not stand in ${dated}, which is out of date.`];
  }
  return ['passed', `It does not stand in ${dated}, good until ${minute(new Date(list.validUntil))}.`];
}

async function rootFrom(leaf, index, size, path) {
  let place = index, last = size - 1, hash = leaf;
  for (const step of path) {
    if (last === 0) throw new Error('a proof that is too long');
    if (place % 2 === 1 || place === last) {
      hash = await sha256(joined(new Uint8Array([1]), step, hash));
      while (place % 2 === 0 && place !== 0) { place >>= 1; last >>= 1; }
    } else {
      hash = await sha256(joined(new Uint8Array([1]), hash, step));
    }
    place >>= 1; last >>= 1;
  }
  if (last !== 0) throw new Error('a proof that is too short');
  return hash;
}

// A signed note (C2SP): name, and base64 of the key's hash (4 bytes) and the signature.
// A verifier key names its log, its own hash, and holds a 1 (Ed25519) before the key's bytes.
async function noteHolds(note, verifierKey) {
  const [name, encoded] = verifierKey.split(/\+[0-9a-f]{8}\+/);
  const split = note.indexOf('\n\n') + 1;
  const line = note.slice(split + 1).split('\n').find(one => one.startsWith(`\u2014 ${name} `));
  if (!line || note.split('\n')[0] !== name) return false;
  const bytes = fromBase64(line.split(' ').at(-1));
  return signed(fromBase64(encoded).slice(1), bytes.slice(4), utf8(note.slice(0, split)));
}

async function checkLog(document, proof, trust) {
  if (!proof) return ['unknown', 'The file carries no proof that it stands in the issuance log.'];
  const split = proof.indexOf('\n\n');
  const lines = proof.slice(0, split).split('\n');
  const note = proof.slice(split + 2);
  if (lines[0] !== 'c2sp.org/tlog-proof@v1') return ['failed', 'Its log proof cannot be read.'];
  const known = await Promise.all(trust.log_keys.map(one => noteHolds(note, one)));
  if (!known.includes(true)) {
    return ['failed', 'The checkpoint of its log proof is not signed by the academy\u2019s log.'];
  }
  const index = Number(lines.find(one => one.startsWith('index ')).slice(6));
  const path = lines.slice(lines.findIndex(one => one.startsWith('index ')) + 1).map(fromBase64);
  const [, size, root] = note.split('\n');
  const leaf = await sha256(joined(new Uint8Array([0]), utf8(canonical(document))));
  const reached = await rootFrom(leaf, index, Number(size), path);
  return same(reached, fromBase64(root))
    ? ['passed', `It is entry ${index} of the issuance log (${size} entries in its checkpoint).`]
    : ['failed', 'The issuance log holds other data at its place.'];
}

async function checkAll({document, proof, pdf}, trust, now) {
  const guarded = async action => {
    try { return await action(); } catch (error) { return ['failed', `It cannot be read: ${error.message}.`]; }
  };
  const checks = {
    ...(pdf ? {seal: await guarded(() => checkSeal(pdf, trust))} : {}),
    data: await guarded(() => checkData(document, trust)),
    issuer: await guarded(() => checkIssuer(document, trust)),
    log: await guarded(() => checkLog(document, proof, trust)),
    dates: await guarded(() => checkDates(document, now)),
    revocation: await guarded(() => checkList('revocation', document, trust, now)),
    suspension: await guarded(() => checkList('suspension', document, trust, now)),
  };
  return {checks, verdict: verdictOf(checks)};
}

function verdictOf(checks) {
  const said = Object.values(checks).map(([outcome]) => outcome);
  if (said.includes('failed')) return 'NOT GENUINE';
  if (said.includes('revocation')) return 'REVOKED';
  if (said.includes('suspension')) return 'SUSPENDED';
  if (said.includes('expired')) return 'EXPIRED';
  return said.includes('unknown') ? 'CANNOT CHECK' : 'VALID';
}
