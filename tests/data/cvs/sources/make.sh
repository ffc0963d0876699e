#!/usr/bin/env bash
# Typesets the CVs from their sources into the folder above: all of them, or those named.
# Needs chromium, libreoffice-writer, texlive-latex-extra, texlive-fonts-recommended, texlive-fonts-extra, fonts-lato, fonts-liberation, fonts-dejavu and
# fonts-font-awesome from Debian; python-docx, reportlab and typst from PyPI. Not run by the tests.
set -euo pipefail
cd "$(dirname "$0")"
out=$PWD/..
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

print_html() {
    chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --user-data-dir="$scratch/chromium" \
        --print-to-pdf="$out/$1.pdf" "file://$PWD/$1.html" 2>/dev/null
}

typeset_tex() {
    for _ in 1 2; do pdflatex -interaction=nonstopmode -halt-on-error -output-directory="$scratch" "$1.tex" >"$scratch/typesetting" 2>&1; done
    cp "$scratch/$1.pdf" "$out/"
}

office() { soffice "-env:UserInstallation=file://$scratch/office" --headless "${@:3}" --convert-to "$2" --outdir "$out" "$1" >/dev/null; }

make_one() {
    case $1 in
        docx_*) python3 "$1.py" "$out/$1.docx" ;;
        libreoffice_*) python3 "$1.py" "$scratch/$1.docx" && office "$scratch/$1.docx" pdf ;;
        odt_*) office "$1.html" odt:writer8 "--infilter=HTML (StarWriter)" ;;
        rtf_*) python3 "$1.py" "$scratch/$1.docx" && office "$scratch/$1.docx" rtf ;;
        reportlab_*) python3 "$1.py" "$out/$1.pdf" ;;
        typst_*) python3 -c 'import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])' "$1.typ" "$out/$1.pdf" ;;
        *) if [ -e "$1.tex" ]; then typeset_tex "$1"; else print_html "$1"; fi ;;
    esac
}

[ $# -gt 0 ] || set -- $(ls ./*.html ./*.tex ./*.typ ./*.py | xargs -n1 basename | sed 's/\.[a-z]*$//')
for name in "$@"; do make_one "$name"; done
