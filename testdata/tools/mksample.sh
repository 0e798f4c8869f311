#!/bin/sh
# Makes the sample report in its other formats of sample.md. Needs pandoc and LibreOffice.
set -eu
cd "$(dirname "$0")/../reports"
pandoc --from markdown --to docx --output sample.docx sample.md
libreoffice --headless --convert-to pdf sample.docx >/dev/null
libreoffice --headless --convert-to odt sample.docx >/dev/null
pandoc --from markdown --to epub3 --output sample.epub sample.md
