// Bytes, digests, signatures: the browser's own, and nothing else.
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const text = bytes => new TextDecoder('utf-8', {fatal: true}).decode(bytes);
const utf8 = string => new TextEncoder().encode(string);
const hex = bytes => [...bytes].map(one => one.toString(16).padStart(2, '0')).join('');
const same = (one, other) => hex(one) === hex(other);
const sha256 = async bytes => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
}

function fromBase58(string) {
  let number = 0n;
  for (const sign of string) {
    const digit = ALPHABET.indexOf(sign);
    if (digit < 0) throw new Error('not base58');
    number = number * 58n + BigInt(digit);
  }
  const digits = number.toString(16);
  const even = number === 0n ? '' : digits.padStart(digits.length + digits.length % 2, '0');
  const bytes = (even.match(/../g) ?? []).map(pair => parseInt(pair, 16));
  const zeros = string.match(/^1*/)[0].length;
  return new Uint8Array([...Array(zeros).fill(0), ...bytes]);
}

function fromBase64(string) {
  const plain = atob(string.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(plain, one => one.charCodeAt(0));
}

function publicKeyOf(multibase) {
  const bytes = fromBase58(multibase.slice(1));
  if (multibase[0] !== 'z' || bytes[0] !== 0xed || bytes[1] !== 0x01 || bytes.length !== 34) {
    throw new Error('not an Ed25519 key');
  }
  return bytes.slice(2);
}

async function signed(publicKey, signature, bytes) {
  const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', key, signature, bytes);
}

// RFC 8785: the order of JavaScript's own strings and the form of its own numbers.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const member = key => `${JSON.stringify(key)}:${canonical(value[key])}`;
  return `{${Object.keys(value).sort().map(member).join(',')}}`;
}

// At most so many bytes come out, however small the file was.
async function inflated(bytes, format, most) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format));
  const parts = [];
  let size = 0;
  for await (const part of stream) {
    size += part.length;
    if (size > most) throw new Error('too large when unpacked');
    parts.push(part);
  }
  return joined(...parts);
}
