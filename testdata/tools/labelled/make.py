#!/usr/bin/env python3
"""Makes testdata/labelled: each case is a trap of its own, a small PDF and its truth.

    make.py [NAME...]     all cases, or those named

Needs pdflatex and xelatex (texlive-latex-extra, texlive-xetex, texlive-publishers), LibreOffice, Chromium, WeasyPrint, and the fonts
Liberation, Libertine, DejaVu and Noto. The PDFs are committed: the tests need none of this.
"""
import json
import os
import random
import re
import sys

from prose import EN, NOTES_EN, Truth
from render import chromium, escape, fodt, fodt_inline, fodt_note, html_inline, latex, libreoffice, tex_inline, weasyprint

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'labelled')
CASES = {}


def case(f):
    CASES[f.__name__.replace('_', '-')] = f
    return f


def prose(seed, paragraphs, labels, per=2, bank=EN, notes=NOTES_EN, where='after'):
    """Paragraphs with so many notes each, labelled in order."""
    r = random.Random(seed)
    labels = list(labels)
    out = []
    for _ in range(paragraphs):
        some = r.sample(bank, min(len(bank), r.randint(4, 6)))
        marked = sorted(r.sample(range(len(some)), min(per, len(labels), len(some))))
        for i in marked:
            if not labels:
                break
            mark = '{{%s|%s}}' % (labels.pop(0), r.choice(notes))
            s = some[i]
            if where == 'before' and s[-1] in '.?':
                some[i] = s[:-1] + mark + s[-1]
            elif where == 'middle' and ', ' in s:
                some[i] = s.replace(', ', ',' + mark + ' ', 1)
            else:
                some[i] = s + mark
        out.append(('p', some))
    return out


MACROS = r'''
\newcommand\N[2]{\begingroup\renewcommand\thefootnote{#1}\footnote{#2}\endgroup}
\newcommand\M[1]{\begingroup\renewcommand\thefootnote{#1}\footnotemark\endgroup}
\newcommand\T[2]{\begingroup\renewcommand\thefootnote{#1}\footnotetext{#2}\endgroup}
'''


# Times and Courier, which every reader of PDF has: not embedded, a PDF of ours is a few kilobytes.
TIMES = r'\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{mathptmx}\usepackage{courier}\usepackage[scaled=0.9]{helvet}' + ''.join(
    r'\pdfmapline{=%s %s " TeXBase1Encoding ReEncodeFont " <8r.enc}' % x for x in [('ptmr8r', 'Times-Roman'), ('ptmb8r', 'Times-Bold'), ('ptmri8r', 'Times-Italic'), ('pcrr8r', 'Courier'), ('phvr8r', 'Helvetica')])


def n_macro(again, label, text):
    return r'\M{%s}' % label if text is None else r'\N{%s}{%s}' % (label, text)


def tex(name, blocks, pre='', cls='article', opts='11pt,a4paper', xe=False, note=n_macro, place='foot', truth=None, end=''):
    t = truth or Truth()
    body = []
    for kind, x in blocks:
        if kind == 'p':
            if truth is None:
                t.paragraph(x, place)
            body.append(' '.join(tex_inline(s, note, xe) for s in x) + '\n')
        elif kind == 'h':
            if truth is None:
                t.paragraph([x], place)
            body.append(r'\section*{%s}' % tex_inline(x, note, xe))
        else:
            body.append(x)
    fonts = r'\usepackage{fontspec}' if xe else TIMES
    size = '' if 'geometry' in pre or cls != 'article' else r'\usepackage[margin=32mm]{geometry}'
    latex('\n'.join([r'\documentclass[%s]{%s}' % (opts, cls), fonts, size, r'\usepackage{url}', MACROS, pre, r'\begin{document}'] + body + [end, r'\end{document}']), OUT + '/' + name + '.pdf', xe)
    return t


def lo(name, blocks, kind='footnote', tagged=False, **params):
    t = Truth()
    note = fodt_note(kind)
    out = []
    for k, x in blocks:
        if k == 'raw':
            out.append(x)
            continue
        t.paragraph(x if k == 'p' else [x], 'end' if kind == 'endnote' else 'foot')
        if k == 'h':
            out.append('<text:h text:style-name="Heading" text:outline-level="1">%s</text:h>' % fodt_inline(x, note))
        else:
            out.append('<text:p text:style-name="Standard">%s</text:p>' % ' '.join(fodt_inline(s, note) for s in x))
    libreoffice(fodt(''.join(out), **params), OUT + '/' + name + '.pdf', tagged)
    return t


def n(count, first=1):
    return [str(i) for i in range(first, first + count)]


# ---------------------------------------------------------------- where notes stand

@case
def plain_footnotes(name):
    return tex(name, [('h', 'Introduction')] + prose(1, 5, n(9)))


@case
def spill_over_pages(name):
    long = NOTES_EN[6] + ' ' + ' '.join(EN[:20]) + ' ' + ' '.join(EN[5:18])
    b = prose(2, 4, n(5))
    b.append(('p', [EN[0], EN[2] + '{{6|%s}}' % long, EN[5]]))
    return tex(name, b + prose(3, 4, n(4, 7)), opts='12pt,a5paper')


@case
def spill_over_columns(name):
    long = NOTES_EN[6] + ' ' + ' '.join(EN[:16])
    b = prose(4, 3, n(4)) + [('p', [EN[3] + '{{5|%s}}' % long, EN[4]])] + prose(5, 9, n(12, 6))
    return tex(name, b, opts='10pt,a4paper,twocolumn')


@case
def two_columns_hanging_labels(name):
    return tex(name, prose(6, 16, n(24)), opts='11pt,letterpaper,twocolumn', pre=r'\usepackage[flushmargin]{footmisc}\usepackage{setspace}\onehalfspacing')


@case
def three_columns_landscape(name):
    cols = '<style:columns fo:column-count="3" fo:column-gap="0.5cm"/>'
    return lo(name, prose(7, 9, n(14)), width=29.7, height=21, margin=1.8, columns=cols, size=10, nsize=8, hyph='false')


@case
def endnotes_with_heading(name):
    return tex(name, [('h', 'Introduction')] + prose(8, 7, n(14)), pre=r'\usepackage{endnotes}\let\N\undefined\newcommand\N[2]{\endnote{#2}}', place='end', end=r'\clearpage\theendnotes')


@case
def endnotes_without_heading(name):
    return lo(name, [('h', 'Introduction')] + prose(9, 5, n(9)), kind='endnote')


@case
def endnotes_per_chapter(name):
    t = Truth()
    src = []
    for c, title in enumerate(['The Mandate', 'The Drawdown']):
        b = prose(10 + c, 3, n(5))
        src.append(('h', title))
        notes = []
        for _, ss in b:
            t.paragraph(ss, 'end')
            src.append(('p', [s for s in ss]))
        src.append(('raw', r'\setcounter{endnote}{0}\theendnotes'.replace(r'\setcounter{endnote}{0}', '') + r'\setcounter{endnote}{0}\clearpage'))
    return tex(name, src, pre=r'\usepackage{endnotes}\let\N\undefined\newcommand\N[2]{\endnote{#2}}', truth=t)


@case
def endnotes_and_footnotes_star(name):
    b = [('p', ['This paper was written in Port Anselm.{{*|The authors thank the staff of Radio Lantern.}}', EN[1]])] + prose(12, 4, n(7))
    return tex(name, b)


@case
def notes_in_the_margin(name):
    return tex(name, prose(13, 6, n(8), notes=NOTES_EN[:6] + NOTES_EN[8:]), pre=r'\usepackage[left=25mm,right=65mm,marginparwidth=45mm,marginparsep=6mm]{geometry}\usepackage[side]{footmisc}', note=lambda a, l, x: r'\footnote{%s}' % x)


@case
def notes_in_one_paragraph(name):
    return tex(name, prose(14, 6, n(10), notes=NOTES_EN[:6] + NOTES_EN[7:]), pre=r'\usepackage[para]{footmisc}', note=lambda a, l, x: r'\footnote{%s}' % x)


@case
def pages_with_notes_only(name):
    long = [' '.join(random.Random(i).sample(EN + NOTES_EN, 26)) for i in range(4)]
    b = [('p', [EN[0] + '{{1|%s}}' % long[0], EN[2] + '{{2|%s}}' % long[1], EN[5] + '{{3|%s}}' % long[2], EN[7], EN[8]])] + prose(15, 3, n(4, 4))
    return tex(name, b, opts='12pt,a5paper', pre=r'\usepackage[margin=15mm]{geometry}')


# ---------------------------------------------------------------- how notes are set

@case
def no_rule(name):
    return tex(name, prose(16, 5, n(8)), pre=r'\usepackage[norule]{footmisc}', note=lambda a, l, x: r'\footnote{%s}' % x)


@case
def size_of_the_text(name):
    return tex(name, prose(17, 5, n(8)), pre=r'\AtBeginDocument{\let\footnotesize\normalsize}')


@case
def flat_numbers(name):
    return tex(name, prose(18, 5, n(9)), pre=r'\makeatletter\renewcommand\@makefntext[1]{\noindent\@thefnmark.\ #1}\makeatother')


@case
def flat_numbers_without_space(name):
    return lo(name, prose(19, 5, n(12), notes=NOTES_EN + ['2015 was the year of the High-level Panel (A/70/95).', 'http://www.example.org/valdoria/report_final.pdf.']), hang=0, nindent=0, nraise='0% 100%')


@case
def labels_far_left(name):
    return lo(name, prose(20, 5, n(9)), hang=1.2, nindent=-1.2, nraise='0% 100%', affix='style:num-suffix=""')


@case
def brackets(name):
    return tex(name, prose(21, 5, n(9)), note=lambda a, l, x: r'\N{[%s]}{%s}' % (l, x))


@case
def paragraphs_in_a_note(name):
    b = prose(22, 2, n(3)) + [('p', [EN[3] + '{{4|The first paragraph of the note ends here.¶The second says more: S/2019/454, para. 9.¶The third is the last.}}', EN[4]])] + prose(23, 2, n(3, 5))
    return tex(name, b)


@case
def notes_inside_notes(name):
    t = Truth()
    t.note('1', 'Interview in Port Anselm, May 2021; see the appendix.')
    t.notes[-1]['sentences'] = ['The Council gave him one.']
    t.note('2', 'The appendix is not published.')
    t.note('3', 'S/PV.8298, p. 3.')
    t.notes[-1]['sentences'] = ['Whether it did so is another question.']
    src = r'The mission was set up after the cease-fire. The Council gave him one.\footnote{Interview in Port Anselm, May 2021; see the appendix.\footnotemark} \footnotetext[2]{The appendix is not published.}Whether it did so is another question.\footnote{S/PV.8298, p. 3.} Nobody knows.' + '\n\n' + escape(' '.join(EN[4:9]))
    return tex(name, [('raw', src)], truth=t)


@case
def roman_labels(name):
    return lo(name, prose(24, 5, 'i ii iii iv v vi vii viii ix x xi xii'.split()), numfmt='i', nraise='0% 100%')


@case
def roman_labels_above_27(name):
    roman = [t + u for t in ('', 'x', 'xx', 'xxx') for u in ('', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix')][1:39]
    return lo(name, prose(78, 19, roman), numfmt='i', nraise='0% 100%', hang=0, nindent=0)


@case
def letter_labels(name):
    return lo(name, prose(25, 4, 'a b c d e f g h i'.split()), numfmt='a')


@case
def star_dagger(name):
    return tex(name, prose(26, 4, ['*', '†', '‡', '**', '††']), xe=True, note=lambda a, l, x: r'\N{%s}{%s}' % (l, x))


@case
def restart_per_page(name):
    t = Truth()
    b = prose(27, 3, n(4)) + [('raw', r'\clearpage')] + prose(28, 3, n(4)) + [('raw', r'\clearpage')] + prose(29, 3, n(3))
    return tex(name, b)


@case
def restart_per_chapter(name):
    b = [('h', 'I. The Mandate')] + prose(30, 4, n(7)) + [('h', 'II. The Drawdown')] + prose(31, 4, n(6)) + [('h', 'III. Lessons')] + prose(32, 4, n(7))
    return tex(name, b)


# ---------------------------------------------------------------- markers

@case
def before_the_stop(name):
    return tex(name, prose(33, 5, n(9), where='before'))


@case
def in_mid_sentence(name):
    return tex(name, prose(34, 5, n(9), where='middle'))


@case
def several_in_a_row(name):
    t = Truth()
    texts = NOTES_EN[:3] + NOTES_EN[4:6] + NOTES_EN[7:10]
    s = [EN[2], EN[7], EN[10]]
    for i, x in enumerate(texts):
        t.note(str(i + 1), x)
        t.notes[-1]['sentences'] = [s[0] if i < 2 else s[1] if i < 5 else s[2]] if i < 6 else [s[2]]
    src = r'%s\textsuperscript{1,2} %s\textsuperscript{3--5} %s\textsuperscript{6, 7, 8} %s' % tuple(escape(x) for x in s + [EN[11]])
    src += ''.join(r'\footnotetext[%d]{%s}' % (i + 1, escape(x)) for i, x in enumerate(texts))
    return tex(name, [('raw', src)], truth=t)


@case
def headings_and_captions(name):
    b = [('h', 'The Mandate{{1|S/PV.8298, p. 3.}}')] + prose(35, 2, n(3, 2))
    t = Truth()
    for k, x in b:
        t.paragraph(x if k == 'p' else [x])
    t.paragraph(['Table 1: Strength of the force, 2014–2016{{5|Budget for the period from 1 July 2016, A/70/742, table 4.}}'])
    tail = prose(36, 2, n(3, 6))
    for k, x in tail:
        t.paragraph(x)
    table = r'\begin{table}[h]\centering Table 1: Strength of the force, 2014--2016\N{5}{Budget for the period from 1 July 2016, A/70/742, table 4.}\\[4pt]\small\begin{tabular}{lrr}\hline Year & Troops & Police\\\hline 2014 & 11,200 & 1,440\\2015 & 10,950 & 1,320\\2016 & 9,800 & 1,100\\\hline\end{tabular}\end{table}'.replace(r'\N{5}{Budget for the period from 1 July 2016, A/70/742, table 4.}', r'\M{5}') + r'\T{5}{Budget for the period from 1 July 2016, A/70/742, table 4.}'
    return tex(name, b + [('raw', table)] + tail, truth=t)


@case
def called_twice(name):
    b = prose(37, 2, n(3)) + [('p', [EN[10] + '{{=2}}', EN[12]])] + prose(38, 2, n(3, 4))
    return tex(name, b)


@case
def ordinals_and_exponents(name):
    s = ['The drawdown began on the 30<sup>th</sup> of May and ended on the 1<sup>st</sup> of June.{{1|S/PV.8298, p. 3.}}',
         'Some 3,000 m<sup>2</sup> of office space and 10<sup>3</sup> tents stood empty.{{2|A/RES/71/291.}}',
         'The 1<sup>er</sup> bataillon and the 2<sup>o</sup> batallón left first.{{3|Ibid.}}', 'The rest followed.',
         'The CO<sub>2</sub> budget was never drawn up.{{4|Id., at 17.}}'.replace('<sub>2</sub>', '2')]
    return tex(name, [('p', s)] + prose(39, 3, n(5, 5)))


# ---------------------------------------------------------------- what is wrong with labels

@case
def orphan_marker(name):
    t = Truth()
    b = prose(40, 3, n(5)) + [('p', [EN[10] + '{{=9}}', EN[12]])] + prose(41, 1, ['6'], per=1)
    for _, x in b:
        t.paragraph(x)
    t.fault('orphan_marker', '9')
    return tex(name, b, truth=t)


@case
def orphan_note(name):
    t = Truth()
    b = prose(42, 3, n(5))
    for _, x in b:
        t.paragraph(x)
    t.note('6', 'Nobody calls this note: S/2019/454, para. 2.')
    t.fault('orphan_note', '6')
    b.append(('raw', r'\T{6}{Nobody calls this note: S/2019/454, para. 2.}'))
    c = prose(43, 1, n(2, 7))
    for _, x in c:
        t.paragraph(x)
    return tex(name, b + c, truth=t)


@case
def duplicate_label(name):
    t = Truth()
    b = prose(44, 3, ['1', '2', '3', '3', '4', '5'])
    for _, x in b:
        t.paragraph(x)
    t.fault('duplicate_label', '3')
    return tex(name, b, truth=t)


@case
def skipped_label(name):
    t = Truth()
    b = prose(45, 3, ['1', '2', '3', '5', '6', '7'])
    for _, x in b:
        t.paragraph(x)
    t.fault('skipped_label', '4')
    return tex(name, b, truth=t)


# ---------------------------------------------------------------- what stands near notes

TABLE = (r'\begin{table}[%s]\centering Table 1: Strength of the force, 2014--2016\\[4pt]\small\begin{tabular}{lrrr}\hline Year & Troops & Police & Civilians\\\hline 2014 & 11,200 & 1,440 & 812\\'
         r'2015 & 10,950 & 1,320 & 798\textsuperscript{a}\\2016 & 9,800\textsuperscript{b} & 1,100 & 745\\\hline\end{tabular}\\{\footnotesize\textsuperscript{a} Estimate. \quad \textsuperscript{b} Without reserves.\\Source: Department of Peace Operations.}\end{table}')


@case
def table_with_notes(name):
    return tex(name, prose(46, 2, n(4)) + [('raw', TABLE % 'h')] + prose(47, 3, n(4, 5)))


@case
def table_below_notes(name):
    return tex(name, [('raw', TABLE % 'b')] + prose(48, 4, n(7)))


@case
def table_parts_a_sentence(name):
    return tex(name, [('raw', TABLE % 't')] + prose(49, 12, n(18)), opts='11pt,a5paper,twocolumn', pre=r'\usepackage[margin=15mm]{geometry}')


@case
def quotation_above_notes(name):
    b = prose(50, 2, n(3)) + [('raw', r'\begin{quote}\small We came back by the river, and there was nothing. The school was a wall. The clinic was a floor. We stayed because there was nowhere else.\end{quote}')]
    return tex(name, b, pre=r'\raggedbottom\AtBeginDocument{\vspace*{60mm}}')


@case
def boxes(name):
    box = r'\begin{center}\fbox{\parbox{0.8\textwidth}{\small\textbf{Box 1. The river}\\ We came back by the river, and there was nothing. In 2015 the clinic was a floor. 12 families stayed.}}\end{center}'
    return tex(name, prose(51, 2, n(4)) + [('raw', box)] + prose(52, 2, n(4, 5)))


@case
def running_heads_and_folios(name):
    pre = r'\usepackage{fancyhdr}\pagestyle{fancy}\fancyhf{}\fancyhead[L]{\small Lantern Institute}\fancyhead[R]{\small 12 May 2021}\fancyfoot[C]{\small Page \thepage\ of 3}\fancyfoot[R]{\small Policy Paper 12}'
    return tex(name, prose(53, 9, n(16)), pre=pre, opts='11pt,a5paper')


@case
def contents_and_bibliography(name):
    toc = r'\section*{Contents}1 Introduction \dotfill 1\\2 The Mandate \dotfill 2\\3 The Drawdown \dotfill 4\\4 Lessons \dotfill 7\bigskip' + '\n\n'
    bib = r'\section*{References}' + '\n\n'.join('[%d] %s' % (i + 1, escape(x)) for i, x in enumerate(['A. Okonkwo, Guarding the Road, Port Anselm, 2014.', 'M. Achterberg, Bridges and Embargoes, 2016.', 'S. Ito, After the Blue Helmets, 2019.']))
    return tex(name, [('raw', toc)] + prose(54, 4, n(7)) + [('raw', bib)])


@case
def numbered_paragraphs(name):
    b = prose(55, 8, n(14))
    return tex(name, [x for i, p in enumerate(b) for x in (('raw', r'\noindent %d.\quad\ignorespaces' % (i + 1)), p)], opts='11pt,a5paper')


@case
def numbered_lines(name):
    return tex(name, prose(56, 6, n(10)), pre=r'\usepackage{lineno}\AtBeginDocument{\linenumbers}')


@case
def headings_like_text(name):
    pre = r'\makeatletter\renewcommand\section{\@startsection{section}{1}{0pt}{12pt}{6pt}{\centering\normalsize\scshape}}\makeatother'
    b = []
    for i, h in enumerate(['The Mandate and Its Means', 'What Was Left Behind', 'Money']):
        b += [('h', h)] + [('p', [EN[2] + '{{%d|%s}}' % (3 * i + 1, NOTES_EN[i])] + EN[i + 3:i + 5])] + prose(57 + i, 2, n(2, 3 * i + 2), per=1)
    return tex(name, b, pre=pre)


# ---------------------------------------------------------------- pages and letters

@case
def small_page(name):
    return tex(name, prose(60, 6, n(9)), opts='10pt', pre=r'\usepackage[paperwidth=105mm,paperheight=148mm,margin=10mm]{geometry}')


@case
def rotated_page(name):
    return tex(name, prose(61, 5, n(9)), pre=r'\usepackage[landscape,margin=25mm]{geometry}\AtBeginDocument{\pdfpageattr{/Rotate 90}}')


@case
def paragraphs_of_a_resolution(name):
    clauses = ['<i>Recalling</i> the agreement of Port Anselm,{{1|S/2019/454, annex.}}',
               '<i>Noting with concern</i> that some 4,500 people have come back to a valley in which no school, no clinic and no bridge was left standing,{{2|See S/2019/454, paras. 11–13.}}',
               '<i>Stressing</i> the need for maps of the minefields laid by both parties{{3|A/70/95, para. 9.}} and for the means to clear them before the rains begin, in particular along the road that leads from the capital to the north,',
               '<i>Reaffirming</i> that mandates without means protect nobody,',
               '<i>Welcoming</i> the statement of the women of the Orne, who were absent from the talks and who have asked for a seat at the next ones,{{4|S/PV.8298, p. 3.}}',
               '1. <i>Requests</i> the two parties to hand over all maps within sixty days of the adoption of the present resolution, together with the lists of those who laid the mines;{{5|Resolution 2423 (2018), para. 38.}}',
               '2. <i>Calls upon</i> contributors to leave behind equipment that can be repaired,{{6|S/2015/178, annex.}} and to train those who will repair it, in numbers that suffice;',
               '3. <i>Decides</i> to remain seized of the matter.']
    t = Truth()
    src = []
    for round in range(2):
        for c in clauses:
            c = re.sub(r'\{\{(\d)', lambda m: '{{%d' % (int(m[1]) + 6 * round), c)
            t.paragraph([re.sub(r'^\d\. ', '', c)])
            src.append(('p', [c]))
    foot = r'\fancypagestyle{first}{\fancyhf{}\renewcommand\headrulewidth{0pt}\fancyfoot[L]{VL.25-11220 (E)}}'
    return tex(name, [('raw', r'\thispagestyle{first}\textit{The Joint Commission},' + '\n')] + src, opts='11pt,a5paper', truth=t,
               pre=r'\usepackage[margin=22mm]{geometry}\usepackage{fancyhdr}\setlength\parindent{2.5em}\setlength\parskip{6pt}\pagestyle{plain}' + foot)


@case
def heading_over_two_lines(name):
    h = ['Summary by the Chair of the discussion on the protection of civilians, on the mandate of the mission and on its drawdown{{1|S/2019/454, para. 9.}}',
         'Special theme for the sixtieth session of the Joint Commission of Port Anselm, the clearance of the minefields and their maps{{4|S/PV.8298, p. 3.}}']
    t = Truth()
    src = []
    for i, x in enumerate(h):
        t.paragraph([x])
        src.append(('h', x))
        for _, ss in prose(80 + i, 1, n(2, 2 + 3 * i)):
            t.paragraph(ss)
            src.append(('p', ss))
    return tex(name, src, pre=r'\makeatletter\renewcommand\section{\@startsection{section}{1}{0pt}{12pt}{6pt}{\normalfont\normalsize\bfseries\raggedright}}\makeatother', truth=t)


@case
def head_on_two_of_three_pages(name):
    return tex(name, prose(82, 8, n(14)), opts='12pt,a5paper',
               pre=r'\usepackage[margin=20mm]{geometry}\usepackage{fancyhdr}\fancyhf{}\renewcommand\headrulewidth{0pt}\fancyhead[L]{Lantern Institute -- Guarding the Road}\fancyfoot[R]{Policy Paper 12 | \thepage}\pagestyle{fancy}\AtBeginDocument{\thispagestyle{empty}}')


@case
def labels_hang_in_narrow_columns(name):
    cols = '<style:columns fo:column-count="2" fo:column-gap="0.6cm"/>'
    return lo(name, prose(83, 12, n(24)), width=14.8, height=21, margin=1.5, columns=cols, size=11, nsize=9, hang=0.8, nindent=-0.8, hyph='false')


@case
def hyphenation(name):
    s = ['The commander-in-chief’s well-documented, long-running cross-border trade in counter-insurgency equipment embarrassed intergovernmental organizations.{{1|See http://www.example.org/archive/valdoria/2015/annual-report_final-version-with-annexes.pdf (accessed 3 May 2022), and documents A/HRC/WG.6/27/VLD/1 and A/55/305-S/2000/809.}}',
         'Peacekeeping’s extraordinarily straightforward recommendations notwithstanding, administrative responsibilities remained unsatisfactorily undefined.{{2|Non-governmental organizations, self-evidently under-represented, are described in S/2019/454, S/2019/455 and S/AC.49/2017/11; https://journal.example.org/small-missions/7/2/201/supplementary-material.}}']
    return tex(name, [('p', s * 1)] + prose(62, 3, n(6, 3)), pre=r'\usepackage[paperwidth=100mm,paperheight=150mm,margin=12mm]{geometry}')


@case
def small_capitals_and_ligatures(name):
    s = ['The <sc>United Nations</sc> office in Firefly Flats offered effective first aid.{{1|<sc>A. Okonkwo</sc>, <i>The Difficult Office</i> (2014), 12 ff.}}', 'It was <sc>unicef</sc> that filled the gap.{{2|<sc>M. Achterberg</sc>, at 77.}}']
    t = Truth()
    for x in s:
        t.paragraph([x])
    b = prose(63, 2, n(4, 3))
    for _, x in b:
        t.paragraph(x)
    return tex(name, [('p', s)] + b, truth=t)


@case
def tagged(name):
    return lo(name, [('h', 'Introduction')] + prose(64, 6, n(11)), tagged=True)


@case
def tagged_same_size(name):
    return lo(name, prose(65, 5, n(9)), tagged=True, nsize=11, rulestyle='none')


@case
def css_footnotes(name):
    t = Truth()
    b = prose(66, 6, n(10))
    for _, x in b:
        t.paragraph(x)
    css = 'body{font:11pt/1.4 "Liberation Serif"}.fn{float:footnote;font-size:80%}::footnote-call{font-size:65%;vertical-align:super;line-height:0}@page{size:A5;margin:2cm;@bottom-center{content:counter(page)}}'
    page = '<!doctype html><html lang="en"><meta charset="utf-8"><style>%s</style><h1>Lessons</h1>%s</html>' % (css, ''.join('<p>%s</p>' % ' '.join(html_inline(s, lambda a, l, x: '<span class="fn">%s</span>' % x) for s in ss) for _, ss in b))
    weasyprint(page, OUT + '/' + name + '.pdf')
    return t


def web(name, b, lang, heading, css='', dir='ltr', mark='<sup>%s</sup>'):
    t = Truth()
    notes = []

    def note(again, label, text):
        if text:
            notes.append((label, text))
        return mark % label
    body = ''
    for _, ss in b:
        t.paragraph(ss, 'end')
        body += '<p>%s</p>' % ' '.join(html_inline(s, note) for s in ss)
    body += '<h2>%s</h2>' % heading + ''.join('<p>%s. %s</p>' % x for x in notes)
    chromium('<!doctype html><html lang="%s" dir="%s"><meta charset="utf-8"><style>body{font:11pt/1.5 %s}%s</style>%s</html>' % (lang, dir, "'Noto Naskh Arabic','Noto Sans Hebrew','Liberation Serif'", css, body), OUT + '/' + name + '.pdf')
    return t


@case
def printed_web_page(name):
    return web(name, prose(67, 5, n(9)), 'en', 'Notes')


@case
def printed_web_page_brackets(name):
    return web(name, prose(68, 5, n(9)), 'en', 'Endnotes', mark='[%s]')


FR = ['La mission en Valdorie a été créée après le cessez-le-feu de Port-Anselme.', 'Le Conseil s’est réuni cinq fois, p. ex. le 4 juin.', 'Selon le par. 14 du mandat, la force peut protéger les civils.', 'M. Achterberg parle d’une « paix des fatigués ».', 'Qui a vendu les armes ?', 'Le rapport n° 3 n’a jamais été publié.', 'L’art. 7 de l’accord oblige les deux parties.', 'Les femmes étaient absentes des pourparlers.']
FR_NOTES = ['Résolution 2423 (2018) du Conseil de sécurité, par. 38.', 'Voir S/2019/454, par. 11 à 13.', 'A. Okonkwo, <i>Garder la route</i>, Port-Anselme, 2014, p. 12 et suiv.', 'Ibid., p. 45.', 'Entretien avec un ancien officier, mai 2021.']
ES = ['La misión en Valdoria se creó después del alto el fuego de Puerto Anselmo.', 'El Consejo se reunió cinco veces.', 'Según el párr. 14 del mandato, la fuerza puede proteger a los civiles.', 'El Sr. Achterberg habla de una «paz de los cansados».', '¿Quién vendió las armas?', 'El informe núm. 3 nunca se publicó.', 'El art. 7 del acuerdo obliga a ambas partes.', 'Las mujeres no participaron en las conversaciones.']
ES_NOTES = ['Resolución 2423 (2018) del Consejo de Seguridad, párr. 38.', 'Véase S/2019/454, párrs. 11 a 13.', 'A. Okonkwo, <i>Guardar el camino</i>, Puerto Anselmo, 2014, págs. 12 y ss.', 'Ibid., pág. 45.']
RU = ['Миссия в Вальдории была создана после прекращения огня.', 'Совет заседал пять раз.', 'Согласно п. 14 мандата силы могут защищать гражданское население.', 'Г-н Ахтерберг говорит о «мире усталых».', 'Кто продал оружие?', 'Доклад № 3 так и не был опубликован.', 'Женщины в переговорах не участвовали.', 'Бюджет вырос на 3,5 процента за один год.']
RU_NOTES = ['Резолюция 2423 (2018) Совета Безопасности, пункт 38.', 'См. S/2019/454, пп. 11–13.', 'А. Оконкво, Охраняя дорогу, Порт-Ансельм, 2014, с. 12–19.', 'Там же, с. 45.']
AR = ['أنشئت البعثة بعد وقف إطلاق النار.', 'اجتمع المجلس خمس مرات.', 'لم يشارك أحد من النساء في المحادثات.', 'من باع السلاح؟', 'لم ينشر التقرير قط.', 'بقي نحو مائتي مدني في العاصمة.']
AR_NOTES = ['قرار مجلس الأمن 2423 (2018)، الفقرة 38.', 'انظر التقرير الثالث.', 'المرجع نفسه.', 'مقابلة مع ضابط سابق.']
HE = ['המשימה הוקמה לאחר הפסקת האש.', 'המועצה התכנסה חמש פעמים.', 'נשים לא השתתפו בשיחות.', 'מי מכר את הנשק?', 'הדוח מעולם לא פורסם.', 'כמאתיים אזרחים נותרו בבירה.']
HE_NOTES = ['החלטה 2423 של מועצת הביטחון.', 'ראו הדוח השלישי.', 'שם.', 'ראיון עם קצין לשעבר.']


@case
def french(name):
    return lo(name, prose(70, 5, n(9), bank=FR, notes=FR_NOTES), lang='fr')


@case
def spanish(name):
    return lo(name, prose(71, 5, n(9), bank=ES, notes=ES_NOTES), lang='es')


@case
def russian(name):
    return lo(name, prose(72, 5, n(9), bank=RU, notes=RU_NOTES), lang='ru')


@case
def arabic(name):
    return web(name, prose(73, 4, n(7), bank=AR, notes=AR_NOTES), 'ar', 'الهوامش', dir='rtl')


@case
def hebrew(name):
    return web(name, prose(74, 4, n(7), bank=HE, notes=HE_NOTES), 'he', 'הערות', dir='rtl')


@case
def text_box_beside(name):
    frame = ('<text:p text:style-name="Standard"><draw:frame draw:style-name="box" text:anchor-type="page" text:anchor-page-number="1" svg:x="15cm" svg:y="6cm" svg:width="4cm" draw:z-index="0"><draw:text-box fo:min-height="3cm">'
             '<text:p text:style-name="Header">At a glance: 11,200 troops, 1,440 police, 812 civilians. 4 sectors. 9 contributors.</text:p></draw:text-box></draw:frame></text:p>')
    return lo(name, [('raw', frame)] + prose(75, 6, n(9)), wrap='parallel')


@case
def wide_line_spacing(name):
    return tex(name, prose(76, 6, n(10)), pre=r'\usepackage{setspace}\doublespacing')


@case
def letterspaced(name):
    b = prose(77, 4, n(7))
    return tex(name, [('raw', r'\section*{\addfontfeature{LetterSpace=20}THE MANDATE}')] + b, xe=True, pre=r'\setmainfont{Liberation Serif}')


# ---------------------------------------------------------------- layouts of classes, journals and converters

FOOT = {'note': lambda a, l, x: r'\footnote{%s}' % x}
SHORT = NOTES_EN[:6] + NOTES_EN[7:]  # no note runs over a page


@case
def superior_figures(name):
    b = prose(90, 5, n(9)) + [('p', ['The camp covered 4,500 m<sup>2</sup> on the 2<sup>nd</sup> of May.{{10|S/2019/454, para. 9.}}'])]
    return tex(name, b, xe=True, pre=r'\setmainfont{Linux Libertine O}\usepackage{realscripts}', **FOOT)


@case
def notes_in_two_columns(name):
    return tex(name, prose(91, 8, n(18), notes=SHORT), pre=r'\usepackage{dblfnote}\usepackage[margin=28mm]{geometry}', **FOOT)


@case
def notes_across_two_columns(name):
    return tex(name, [('raw', r'\begin{multicols}{2}')] + prose(92, 9, n(16)), cls='scrartcl', opts='10pt,a4paper', pre=r'\usepackage{multicol}', end=r'\end{multicols}', **FOOT)


@case
def works_in_brackets(name):
    b = prose(93, 8, n(12), notes=SHORT)
    for _, ss in b[1::2]:
        ss[-1] = ss[-1][:-1] + ' [2], [3].' if ss[-1][-1] == '.' else ss[-1]
    works = r'\begin{thebibliography}{9}' + ''.join(r'\bibitem{k%d} %s' % (i, escape(x)) for i, x in enumerate(['S/2019/454.', 'Annual Report of the Joint Commission, 2019.', 'The Road to Port Anselm, 2014.', 'Bridges, 2016.'])) + r'\end{thebibliography}'
    return tex(name, b, cls='IEEEtran', opts='conference', end=works, **FOOT)


@case
def endnotes_by_chapter_in_one_list(name):
    t = Truth()
    src = []
    for c, title in enumerate(['The Mandate', 'The Drawdown', 'Lessons']):
        src.append(('raw', (r'\setcounter{endnote}{0}' if c else '') + r'\addtoendnotes{\protect\subsection*{%d. %s}}\section{%s}' % (c + 1, title, title)))
        for _, ss in prose(94 + c, 3, n(5)):
            t.paragraph(ss, 'end')
            src.append(('p', ss))
    return tex(name, src, pre=r'\usepackage{endnotes}\let\N\undefined\newcommand\N[2]{\endnote{#2}}', truth=t, end=r'\clearpage\theendnotes')


@case
def markers_set_level(name):
    b = prose(97, 6, n(11), where='before')
    return tex(name, b, pre=r'\makeatletter\renewcommand\@makefnmark{\@thefnmark}\renewcommand\@makefntext[1]{\noindent\@thefnmark.\ #1}\makeatother', **FOOT)


@case
def table_of_years_above_notes(name):
    years = r'\begin{table}[b]\small\begin{tabular}{lrrr}Year & Civilian & Police & Total\\' + ''.join(r'%d & %d & %d & %d\\' % (y, 200 + y % 7, 31 * (y % 5) + 40, 400 + y % 9) for y in range(1999, 2006)) + r'\end{tabular}\end{table}'
    return tex(name, prose(98, 3, n(5)) + [('raw', years)] + prose(99, 3, n(4, 6)), **FOOT)


@case
def signs_after_the_daggers(name):
    b = prose(100, 3, ['*', '†', '‡', '§', '¶', '‖'], notes=SHORT)
    return tex(name, b, pre=r'\usepackage[perpage,symbol*]{footmisc}', **FOOT)


@case
def quotations_at_the_foot(name):
    b = []
    for i, (_, ss) in enumerate(prose(101, 9, n(18), notes=SHORT)):
        b.append(('raw', r'\begin{quote}\small') if i % 3 else ('raw', ''))
        b.append(('p', ss))
        b.append(('raw', r'\end{quote}') if i % 3 else ('raw', ''))
    return tex(name, b, opts='11pt,a5paper', pre=r'\usepackage[margin=18mm]{geometry}\usepackage{endnotes}\let\N\undefined\newcommand\N[2]{\endnote{#2}}', place='end', end=r'\clearpage\theendnotes')


@case
def few_notes_in_the_margin(name):
    return tex(name, prose(102, 12, n(5), per=1, notes=NOTES_EN[:5]), cls='tufte-handout', opts='a4paper,nobib', place='margin', xe=True, note=lambda a, l, x: r'\sidenote{%s}' % x)


@case
def heads_below_a_wide_margin(name):
    return tex(name, prose(103, 9, n(14)), cls='memoir', opts='10pt,ebook,oneside', pre=r'\pagestyle{companion}\markboth{GUARDING THE ROAD}{GUARDING THE ROAD}\setlength\parindent{0pt}', **FOOT)


@case
def units_before_markers(name):
    b = prose(104, 3, n(5), where='before') + [('p', ['The reservoir holds 128 m<sup>3</sup>{{6|S/2019/454, para. 9.}}.', 'The range lists shells of 82 mm{{7|S/2019/455, para. 2.}}.', 'Of the tasks the budget funded 10{{8|Ibid.}}.', EN[2]])] + prose(105, 2, n(3, 9), where='before')
    return tex(name, b, **FOOT)


@case
def printed_web_page_with_arrows(name):
    t = Truth()
    notes, body = [], ''
    for _, ss in prose(106, 7, n(12)):
        t.paragraph(ss, 'end')
        body += '<p>%s</p>' % ' '.join(html_inline(s, lambda a, l, x: notes.append(x) or '<sup>%s</sup>' % l) for s in ss)
    body += '<h3>Notes</h3><ol>%s</ol>' % ''.join('<li>%s <a href="#r">↩</a></li>' % x for x in notes)
    chromium('<!doctype html><html lang="en"><meta charset="utf-8"><title>Lessons</title><style>body{font:11pt/1.5 "Liberation Serif"}ol{font-size:9pt}</style>%s</html>' % body, OUT + '/' + name + '.pdf')
    return t


if __name__ == '__main__':
    os.makedirs(OUT, exist_ok=True)
    for name in sys.argv[1:] or CASES:
        print(name)
        t = CASES[name](name)
        json.dump({'trap': name.replace('-', ' '), 'notes': t.notes, 'faults': t.faults}, open(OUT + '/' + name + '.json', 'w', encoding='utf8'), ensure_ascii=False, indent=1, sort_keys=True)
