// The credential and its log proof, out of a PDF or a JSON file.
const LARGEST_FILE = 20000000;

function positionsOf(bytes, word, from = 0) {
  const found = [], wanted = utf8(word);
  for (let at = from; at <= bytes.length - wanted.length; at++) {
    let length = 0;
    while (length < wanted.length && bytes[at + length] === wanted[length]) length++;
    if (length === wanted.length) found.push(at);
  }
  return found;
}

// Embedded files are streams with a plain dictionary before them, wherever the rest is packed.
async function embeddedFiles(bytes) {
  const files = [];
  const starts = positionsOf(bytes, 'stream').filter(at => bytes[at - 3] !== 0x65 || bytes[at - 1] !== 0x64);
  for (const start of starts) {
    const before = new TextDecoder('latin1').decode(bytes.slice(Math.max(0, start - 2000), start));
    const dictionary = before.slice(before.lastIndexOf(' obj') + 4);
    if (!/\/Type\s*\/EmbeddedFile\b/.test(dictionary)) continue;
    const first = start + 6 + (bytes[start + 6] === 13 ? 2 : 1);
    const length = /\/Length\s+(\d+)(?!\s+\d+\s+R)/.exec(dictionary);
    const end = length ? first + Number(length[1]) : positionsOf(bytes, 'endstream', first)[0];
    const raw = bytes.slice(first, end);
    const packed = /\/FlateDecode\b/.test(dictionary);
    files.push(packed ? await inflated(raw, 'deflate', LARGEST_DATA) : raw);
  }
  return files;
}

const isPdf = bytes => hex(bytes.slice(0, 5)) === hex(utf8('%PDF-'));

// One PDF, or the data as JSON with its log proof beside it.
async function contentOf(given) {
  if (given.some(one => one.length > LARGEST_FILE)) {
    throw new Error('The file is too large to be a certificate.');
  }
  const pdf = given.find(isPdf);
  const packed = await Promise.all(given.map(one => isPdf(one) ? embeddedFiles(one) : [one]));
  const files = packed.flat().map(text);
  const data = files.filter(one => one.trimStart().startsWith('{'));
  const proofs = files.filter(one => one.startsWith('c2sp.org/tlog-proof@'));
  if (data.length === 0) {
    throw new Error(pdf
      ? 'This PDF carries no signed data. It may be an older certificate, or a print of one.'
      : 'This is no certificate. Choose the PDF as the academy issued it, or its data.');
  }
  if (data.length > 1 || proofs.length > 1) {
    throw new Error('This carries data twice, which no certificate of ours does.');
  }
  return {document: JSON.parse(data[0]), proof: proofs[0], pdf};
}
