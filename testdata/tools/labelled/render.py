"""Sets documents: LaTeX, LibreOffice (flat ODT), Chromium and WeasyPrint (HTML)."""
import html
import os
import re
import shutil
import subprocess
import tempfile

from prose import TOKEN

SPECIAL = {'&': r'\&', '%': r'\%', '$': r'\$', '#': r'\#', '_': r'\_', '{': r'\{', '}': r'\}', '~': r'\textasciitilde{}', '^': r'\textasciicircum{}', '\\': r'\textbackslash{}',
           '“': '``', '”': "''", '’': "'", '‘': '`', '–': '--', '—': '---', '\u00ad': r'\-'}


def escape(s, xe=False):
    out = ''.join(c if xe and ord(c) > 127 and c != '\u00ad' else SPECIAL.get(c, c) for c in s)
    out = re.sub(r'<i>(.*?)</i>', r'\\emph{\1}', out)
    out = re.sub(r'<sc>(.*?)</sc>', r'\\textsc{\1}', out)
    out = re.sub(r'<sup>(.*?)</sup>', r'\\textsuperscript{\1}', out)
    return re.sub(r'(https?://[^\s]*[^\s.,;])', lambda m: r'\url{' + re.sub(r'\\([_&%#])', r'\1', m.group(1)).replace('--', '-') + '}', out)


def tex_inline(s, note, xe=False):
    """A sentence in LaTeX; note(again, label, text) sets a marker, with its note where text is not None."""
    out, at = [], 0
    for m in TOKEN.finditer(s):
        out.append(escape(s[at:m.start()], xe))
        text = m.group(3)
        out.append(note(bool(m.group(1)), m.group(2), None if text is None else tex_inline(text, note, xe).replace('¶', r'\par ')))
        at = m.end()
    return ''.join(out) + escape(s[at:], xe)


def run(cmd, cwd, env=None):
    p = subprocess.run(cmd, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=180, env=env)
    return p.returncode, p.stdout.decode('utf8', 'replace')


def latex(source, out, xe=False, times=2):
    """Sets a LaTeX source; the same source gives the same bytes."""
    with tempfile.TemporaryDirectory() as d:
        open(d + '/x.tex', 'w', encoding='utf8').write(source)
        env = dict(os.environ, SOURCE_DATE_EPOCH='1700000000', FORCE_SOURCE_DATE='1')
        for _ in range(times):
            code, log = run(['xelatex' if xe else 'pdflatex', '-interaction=nonstopmode', '-halt-on-error', 'x.tex'], d, env)
            if code:
                raise RuntimeError(log[-1500:])
        shutil.move(d + '/x.pdf', out)


def libreoffice(fodt, out, tagged=False):
    with tempfile.TemporaryDirectory() as d:
        open(d + '/x.fodt', 'w', encoding='utf8').write(fodt)
        opts = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"%s"}}' % ('true' if tagged else 'false')
        code, log = run(['soffice', '-env:UserInstallation=file:///tmp/layout-lo', '--headless', '--convert-to', opts, 'x.fodt'], d)
        if not os.path.exists(d + '/x.pdf'):
            raise RuntimeError(log[-1500:])
        shutil.move(d + '/x.pdf', out)


def chromium(page, out):
    with tempfile.TemporaryDirectory() as d:
        open(d + '/x.html', 'w', encoding='utf8').write(page)
        code, log = run(['chromium', '--headless', '--no-sandbox', '--disable-gpu', '--user-data-dir=' + d + '/u', '--no-pdf-header-footer', '--print-to-pdf=' + d + '/x.pdf', 'file://' + d + '/x.html'], d)
        if not os.path.exists(d + '/x.pdf'):
            raise RuntimeError(log[-1500:])
        shutil.move(d + '/x.pdf', out)


def weasyprint(page, out):
    with tempfile.TemporaryDirectory() as d:
        open(d + '/x.html', 'w', encoding='utf8').write(page)
        code, log = run(['weasyprint', 'x.html', 'x.pdf'], d)
        if not os.path.exists(d + '/x.pdf'):
            raise RuntimeError(log[-1500:])
        shutil.move(d + '/x.pdf', out)


def html_inline(s, note):
    out, at = [], 0
    for m in TOKEN.finditer(s):
        out.append(html.escape(s[at:m.start()], quote=False))
        text = m.group(3)
        out.append(note(bool(m.group(1)), m.group(2), None if text is None else html_inline(text, note)))
        at = m.end()
    t = ''.join(out) + html.escape(s[at:], quote=False)
    return re.sub(r'&lt;(/?(?:i|sup|sc))&gt;', r'<\1>', t).replace('\u00ad', '&shy;')


def fodt_inline(s, note):
    t = html_inline(s, note)
    return re.sub(r'<(i|sup|sc)>(.*?)</\1>', r'<text:span text:style-name="\1">\2</text:span>', t).replace('&shy;', '\u00ad')


FODT = '''<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="F" svg:font-family="'%(font)s'"/></office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties fo:hyphenation-ladder-count="no-limit" style:writing-mode="%(dir)s"/><style:text-properties style:font-name="F" style:font-name-complex="F" fo:font-size="%(size)spt" style:font-size-complex="%(size)spt" fo:language="%(lang)s" fo:country="none" fo:hyphenate="%(hyph)s" fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="%(parskip)scm" fo:text-align="%(align)s" fo:line-height="%(leading)s%%" fo:text-indent="%(indent)scm"/></style:style>
<style:style style:name="Heading" style:family="paragraph" style:parent-style-name="Standard" style:default-outline-level="1"><style:paragraph-properties fo:margin-top="0.4cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always" fo:text-indent="0cm"/><style:text-properties fo:font-size="%(hsize)spt" fo:font-weight="%(hweight)s"/></style:style>
<style:style style:name="Quote" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-left="1cm" fo:margin-right="1cm" fo:text-indent="0cm"/><style:text-properties fo:font-size="%(qsize)spt"/></style:style>
<style:style style:name="Footnote" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-left="%(hang)scm" fo:text-indent="%(nindent)scm" fo:margin-bottom="%(nskip)scm" fo:line-height="100%%"/><style:text-properties fo:font-size="%(nsize)spt" style:font-size-complex="%(nsize)spt"/></style:style>
<style:style style:name="Endnote" style:family="paragraph" style:parent-style-name="Footnote"/>
<style:style style:name="Header" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-indent="0cm"/><style:text-properties fo:font-size="9pt"/></style:style>
<style:style style:name="anchor" style:family="text"><style:text-properties style:text-position="%(raise)s"/></style:style>
<style:style style:name="label" style:family="text"><style:text-properties style:text-position="%(nraise)s"/></style:style>
<style:style style:name="i" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="sc" style:family="text"><style:text-properties fo:font-variant="small-caps"/></style:style>
<style:style style:name="sup" style:family="text"><style:text-properties style:text-position="super 58%%"/></style:style>
<style:style style:name="box" style:family="graphic"><style:graphic-properties style:wrap="%(wrap)s" fo:border="0.5pt solid #000000" fo:padding="0.15cm" style:horizontal-pos="from-left" style:horizontal-rel="page" style:vertical-pos="from-top" style:vertical-rel="page"/></style:style>
<text:notes-configuration text:note-class="footnote" text:citation-style-name="label" text:citation-body-style-name="anchor" text:default-style-name="Footnote" style:num-format="%(numfmt)s" text:start-value="0" text:start-numbering-at="%(restart)s" text:footnotes-position="page" %(affix)s/>
<text:notes-configuration text:note-class="endnote" text:citation-style-name="label" text:citation-body-style-name="anchor" text:default-style-name="Endnote" style:num-format="%(numfmt)s" text:start-value="0" %(affix)s/>
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="%(width)scm" fo:page-height="%(height)scm" fo:margin="%(margin)scm">%(columns)s<style:footnote-sep style:width="%(rule)scm" style:distance-before-sep="0.1cm" style:distance-after-sep="0.1cm" style:line-style="%(rulestyle)s" style:adjustment="%(ruleside)s" style:rel-width="%(rulewidth)s%%" style:color="#000000"/></style:page-layout-properties><style:header-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-bottom="0.3cm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-top="0.3cm"/></style:footer-style></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm">%(header)s%(footer)s</style:master-page></office:master-styles>
<office:body><office:text>%(body)s</office:text></office:body></office:document>'''

FODT_DEFAULTS = dict(font='Liberation Serif', size=11, lang='en', hyph='true', dir='lr-tb', parskip=0.2, align='justify', leading=115, indent=0, hsize=14, hweight='bold', qsize=10, hang=0.4, nindent=-0.4, nskip=0,
                     nsize=9, numfmt='1', restart='document', affix='', width=21, height=29.7, margin=2.5, columns='', rule=0.018, rulestyle='solid', ruleside='left', rulewidth=25, header='', footer='', wrap='parallel')
FODT_DEFAULTS['raise'] = 'super 58%'
FODT_DEFAULTS['nraise'] = 'super 58%'


def fodt(body, **params):
    return FODT % dict(FODT_DEFAULTS, body=body, **params)


def fodt_note(kind='footnote'):
    n = [0]

    def note(again, label, text):
        n[0] += 1
        paras = ''.join('<text:p text:style-name="%s">%s</text:p>' % (kind.capitalize(), p) for p in text.split('¶'))
        auto = '' if kind == 'endnote' or label.isdigit() or re.fullmatch('[ivxa-z]+', label) else ' text:label="%s"' % html.escape(label)
        return '<text:note text:id="n%d" text:note-class="%s"><text:note-citation%s>%s</text:note-citation><text:note-body>%s</text:note-body></text:note>' % (n[0], kind, auto, html.escape(label), paras)
    return note
