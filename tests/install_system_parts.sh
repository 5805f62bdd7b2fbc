#!/bin/sh
# What the tests drive and pip does not bring: Debian's browser, PostgreSQL, readers of PDF and QR,
# axe-core, which judges accessibility inside the browser, and npm verifiers of credentials.
set -eu
missing=""
command -v chromium-headless-shell >/dev/null 2>&1 || missing="$missing chromium-headless-shell"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
command -v zbarimg >/dev/null 2>&1 || missing="$missing zbar-tools"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v qpdf >/dev/null 2>&1 || missing="$missing qpdf"
command -v certutil >/dev/null 2>&1 || missing="$missing libnss3-tools"
command -v openssl >/dev/null 2>&1 || missing="$missing openssl"
command -v java >/dev/null 2>&1 || missing="$missing default-jre-headless"
ls /usr/share/java/jaxb-runtime.jar >/dev/null 2>&1 || missing="$missing libjaxb-java"
command -v npm >/dev/null 2>&1 || missing="$missing npm"
if [ -n "$missing" ]; then
  if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo"; fi
  echo "Installing:$missing"
  $as_root apt-get update -q >/dev/null
  # shellcheck disable=SC2086 one word a package
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -yq --no-install-recommends $missing >/dev/null
fi
if [ ! -f var/node/node_modules/axe-core/axe.min.js ]; then
  echo "Installing: axe-core"
  npm install --prefix var/node --no-save --ignore-scripts --no-audit --no-fund --silent axe-core@4.10.3
fi
if [ ! -d tests/peers/node/node_modules/@digitalbazaar ]; then
  echo "Installing: verifiers of credentials"
  npm ci --prefix tests/peers/node --ignore-scripts --no-audit --no-fund --silent
fi
