#!/bin/sh
# Debian packages that the tests drive: a real browser, a real PostgreSQL, readers of PDF and QR.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
command -v zbarimg >/dev/null 2>&1 || missing="$missing zbar-tools"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo"; fi
echo "Installing:$missing"
$as_root apt-get update -q >/dev/null
# shellcheck disable=SC2086 one word a package
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -yq --no-install-recommends $missing >/dev/null
