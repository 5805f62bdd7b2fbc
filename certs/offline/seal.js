// The seal of a PDF (PAdES): its CMS signature by a certificate that a pinned root vouches for.
const MESSAGE_DIGEST = '06092a864886f70d010904';

// One value of DER: its tag, what it holds, and all of its bytes.
function derAt(bytes, at) {
  let length = bytes[at + 1], start = at + 2;
  if (length > 0x80) {
    const digits = length & 0x7f;
    length = bytes.slice(start, start + digits).reduce((sum, one) => sum * 256 + one, 0);
    start += digits;
  }
  if (!(start + length <= bytes.length)) throw new Error('its seal cannot be read');
  return {tag: bytes[at], content: bytes.slice(start, start + length), whole: bytes.slice(at, start + length), end: start + length};
}

function derIn(content) {
  const found = [];
  for (let at = 0; at < content.length; at = found.at(-1).end) found.push(derAt(content, at));
  return found;
}

const within = (value, ...path) => path.reduce((one, place) => derIn(one.content)[place], value);

// PKCS #1 v1.5 with SHA-256, which is what the academy's authority signs with.
async function rsaHolds(keyInfo, signature, bytes) {
  const kind = {name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256'};
  const key = await crypto.subtle.importKey('spki', keyInfo, kind, false, ['verify']);
  return crypto.subtle.verify(kind, key, signature, bytes);
}

// The subject's key stands after version, serial, algorithm, issuer, validity and subject.
const keyInfoOf = certificate => within(certificate, 0, 6).whole;
const bitsOf = value => value.content.slice(1);

function rootsOf(trust) {
  return trust.roots.map(pem => derAt(fromBase64(pem.replace(/-----[A-Z ]+-----|\s/g, '')), 0));
}

async function isVouchedFor(certificate, roots) {
  const [signed, , signature] = derIn(certificate.content);
  for (const root of roots) {
    if (await rsaHolds(keyInfoOf(root), bitsOf(signature), signed.whole)) return true;
  }
  return false;
}

// The one signature of the file, and the bytes that it covers; a sentence where there is no such.
function sealedPartsOf(bytes) {
  const latin = new TextDecoder('latin1').decode(bytes);
  const found = [...latin.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)];
  if (found.length === 0) return 'The PDF carries no seal. Every certificate of the academy carries one.';
  if (found.length > 1) return 'The PDF was signed again after the academy sealed it.';
  const [first, length, second, rest] = found[0].slice(1).map(Number);
  if (first !== 0 || second + rest !== bytes.length) return 'Something was added after the PDF was sealed.';
  const digits = latin.slice(length, second).trim().replace(/^<|>$/g, '');
  if (!/^([0-9a-f]{2})+$/i.test(digits)) return 'The seal of the PDF was damaged.';
  const cms = Uint8Array.from(digits.match(/../g), pair => parseInt(pair, 16));
  return {cms, covered: joined(bytes.slice(0, length), bytes.slice(second))};
}

async function checkSeal(bytes, trust) {
  const parts = sealedPartsOf(bytes);
  if (typeof parts === 'string') return ['failed', parts];
  const signedData = within(derAt(parts.cms, 0), 1, 0);
  const fields = derIn(signedData.content);
  const certificates = derIn(fields.find(one => one.tag === 0xa0).content);
  const signer = derIn(within(fields.at(-1), 0).content);
  const place = signer.findIndex(one => one.tag === 0xa0);
  const attributes = signer[place], signature = signer[place + 2].content;
  const digest = derIn(attributes.content).find(one => hex(within(one, 0).whole) === MESSAGE_DIGEST);
  if (!same(within(digest, 1, 0).content, await sha256(parts.covered))) {
    return ['failed', 'The PDF was changed after it was sealed.'];
  }
  // The attributes are signed as the set that they are.
  const signed = joined(new Uint8Array([0x31]), attributes.whole.slice(1));
  for (const one of certificates) {
    if (await isVouchedFor(one, rootsOf(trust)) && await rsaHolds(keyInfoOf(one), signature, signed)) {
      return ['passed', 'The PDF is as the academy sealed it, from the first byte to the last.'];
    }
  }
  return ['failed', 'The PDF is sealed by somebody else than the academy.'];
}
