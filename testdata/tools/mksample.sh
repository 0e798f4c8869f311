#!/bin/sh
# Makes testdata/reports/sample.docx and sample.pdf of sample.md. Needs pandoc and LibreOffice.
set -eu
cd "$(dirname "$0")/../reports"
pandoc --from markdown --to docx --output sample.docx sample.md
libreoffice --headless --convert-to pdf sample.docx >/dev/null
