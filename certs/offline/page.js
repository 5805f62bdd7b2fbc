// The page: a file comes in, a word comes out, then what it rests on.
const trust = JSON.parse(document.getElementById('trust').textContent);
const day = date => date.toLocaleDateString('en-GB', {day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC'});
const minute = date => `${day(date)}, ${date.toISOString().slice(11, 16)} UTC`;
const WORDS = {
  'VALID': ['good', '\u2713', 'It is the academy\u2019s, and it stands by the lists in this page.'],
  'EXPIRED': ['warn', '\u25f7', 'It was issued by the academy, but it has ended. It says nothing about today.'],
  'SUSPENDED': ['warn', '\u275a\u275a', 'The academy has suspended it. Do not rely on it until it is reinstated.'],
  'REVOKED': ['bad', '\u2717', 'The academy has withdrawn it. Do not rely on it.'],
  'NOT GENUINE': ['bad', '\u2717', 'It is not as the academy issued it. Do not rely on it.'],
  'CANNOT CHECK': ['plain', '?', 'Not everything could be checked. Check it at the address below, or get a newer copy of this page.'],
};
const NAMES = {
  seal: 'Seal', data: 'Data', issuer: 'Issuer', log: 'Issuance log', dates: 'Dates',
  revocation: 'List of withdrawn', suspension: 'List of suspended',
};
const OUTCOMES = {
  passed: ['\u2713', 'Passed'], failed: ['\u2717', 'Failed'], unknown: ['?', 'Cannot check'],
  expired: ['\u25f7', 'Ended'], revocation: ['\u2717', 'Revoked'], suspension: ['\u275a\u275a', 'Suspended'],
};

function element(name, content, className) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...[content ?? []].flat());
  return made;
}

function listOf(pairs) {
  return element('dl', pairs.filter(([, said]) => said).map(
    ([term, said]) => element('div', [element('dt', term), element('dd', said)])));
}

function verdictBox(word, sentence) {
  const [look, sign] = WORDS[word];
  const mark = element('span', sign, 'sign');
  mark.setAttribute('aria-hidden', 'true');
  return element('div', [mark, element('div', [element('h2', word), element('p', sentence)])], `verdict ${look}`);
}

function whatItSays(credential) {
  const subject = credential.credentialSubject ?? {};
  const achievement = subject.achievement ?? {};
  return listOf([
    ['Achievement', achievement.name],
    ['Covers', achievement.criteria?.narrative],
    ['Issued', credential.validFrom && day(new Date(credential.validFrom))],
    ['Valid until', credential.validUntil && day(new Date(credential.validUntil))],
    ['Issuer', credential.issuer?.name],
    ['Identifier', credential.id],
  ]);
}

function checkRows(checks) {
  return element('ul', Object.entries(checks).map(([name, [outcome, sentence]]) => {
    const [sign, word] = OUTCOMES[outcome];
    return element('li', [element('strong', `${sign} ${NAMES[name]}: ${word}. `), sentence]);
  }), 'checks');
}

// A name or an e-mail is compared with the salted hashes; it never leaves this page.
async function belongsTo(credential, typed) {
  const wanted = typed.trim().replace(/\s+/g, ' ');
  for (const one of credential.credentialSubject?.identifier ?? []) {
    const said = one.identityType === 'emailAddress' ? wanted.toLowerCase() : wanted;
    const digest = `sha256$${hex(await sha256(utf8(said + (one.salt ?? ''))))}`;
    if (digest === one.identityHash) return one.identityType === 'emailAddress' ? 'e-mail' : 'name';
  }
  return '';
}

function askWhose(credential) {
  const input = element('input');
  input.id = 'whose';
  input.autocomplete = 'off';
  const label = element('label', 'Whose is it? Type the full name or the e-mail as printed');
  label.htmlFor = 'whose';
  const answer = element('p', '');
  answer.setAttribute('role', 'status');
  const form = element('form', [label, input, element('button', 'Compare'), answer]);
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const by = await belongsTo(credential, input.value);
    answer.textContent = by
      ? `\u2713 The ${by} is the one that was signed. Compare an identity document all the same.`
      : '\u2717 That is not the name or the e-mail that was signed. Compare every letter.';
  });
  return form;
}

async function show(files) {
  const result = document.getElementById('result');
  try {
    const content = await contentOf(
      await Promise.all([...files].map(async one => new Uint8Array(await one.arrayBuffer()))));
    const {document: credential, pdf} = content;
    const {checks, verdict} = await checkAll(content, trust, new Date());
    const end = credential.validUntil ? ` on ${day(new Date(credential.validUntil))}` : '';
    const box = verdictBox(verdict, WORDS[verdict][2]);
    if (verdict === 'EXPIRED') box.querySelector('h2').textContent += end;
    const paper = 'This page reads the seal and the data inside the PDF. Compare what is printed with what was signed.';
    result.replaceChildren(
      box, element('h3', 'What was signed'), whatItSays(credential), askWhose(credential),
      element('h3', 'What was checked'), checkRows(checks), ...(pdf ? [element('p', paper)] : []));
  } catch (error) {
    const sentence = error instanceof SyntaxError || error instanceof TypeError
      ? 'This file is neither a certificate nor its data. Choose the PDF as the academy issued it.'
      : error.message;
    result.replaceChildren(verdictBox('CANNOT CHECK', sentence));
  }
  result.focus();
}

const chooser = document.getElementById('file');
chooser.addEventListener('change', () => chooser.files[0] && show(chooser.files));
document.addEventListener('dragover', event => event.preventDefault());
document.addEventListener('drop', event => {
  event.preventDefault();
  if (event.dataTransfer.files[0]) show(event.dataTransfer.files);
});
