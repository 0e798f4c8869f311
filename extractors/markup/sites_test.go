package markup

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestSites: pages as the software of common sites writes them, each with
// what stands around a report there. Marks show as {label} in the text.
func TestSites(t *testing.T) {
	for _, tt := range []struct {
		name, page    string
		blocks, notes []string
	}{
		{"pandoc", `<body><header id="title-block-header"><h1 class="title">Mali</h1></header>
<p>It began.<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> It ended.<a href="#fn2" class="footnote-ref" id="fnref2" role="doc-noteref"><sup>2</sup></a></p>
<section id="comments" class="level1"><h1>Comments</h1><p>A section of that name.</p></section>
<section id="footnotes" class="footnotes footnotes-end-of-document" role="doc-endnotes"><hr />
<ol><li id="fn1"><p>First.</p><p>Its second paragraph.<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li>
<li id="fn2"><p>Second.<a href="#fnref2" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section></body>`,
			[]string{"It began.{1} It ended.{2}", "Comments", "A section of that name."}, []string{"1: First. Its second paragraph.", "2: Second."}},

		{"WordPress, the block editor", `<body class="wp-singular"><div class="wp-site-blocks"><header class="wp-block-template-part"><nav><a href="#a">1</a></nav><p>Site</p></header>
<main><h1 class="wp-block-post-title">Mali</h1><div class="entry-content wp-block-post-content">
<p>It began.<sup data-fn="1f0c-a" class="fn"><a href="#1f0c-a" id="1f0c-a-link">1</a></sup> It ended.<sup data-fn="2f0c-b" class="fn"><a href="#2f0c-b" id="2f0c-b-link">2</a></sup></p>
<ol class="wp-block-footnotes"><li id="1f0c-a">First. <a href="#1f0c-a-link" aria-label="Jump to footnote reference 1">↩︎</a></li><li id="2f0c-b">Second. <a href="#2f0c-b-link" aria-label="Jump to footnote reference 2">↩︎</a></li></ol></div>
<div class="sharedaddy sd-sharing-enabled"><p>Share this</p></div>
<div class="wp-block-comments comments-area"><h2>2 responses</h2><p>I disagree with [1].</p></div></main>
<footer class="wp-block-template-part"><p>Proudly powered</p></footer></div><div class="cookie-notice" role="dialog"><p>We use cookies.</p></div></body>`,
			[]string{"Mali", "It began.{1} It ended.{2}"}, []string{"1: First.", "2: Second."}},

		{"WordPress, Footnotes", `<p>It began.<span class="footnote_referrer"><a role="button" tabindex="0" onclick="footnote_moveToReference_12_1('footnote_plugin_reference_12_1_1');" onkeypress="x()"><sup id="footnote_plugin_tooltip_12_1_1" class="footnote_plugin_tooltip_text">[1]</sup></a><span id="footnote_plugin_tooltip_text_12_1_1" class="footnote_tooltip">First.</span></span> Then.</p>
<div class="speaker-mute footnotes_reference_container"><div class="footnote_container_prepare"><p><span role="button" class="footnote_reference_container_label pointer">References</span></p></div>
<div id="footnote_references_container_12_1"><table class="footnotes_table footnote-reference-container"><tbody><tr class="footnotes_plugin_reference_row"><th scope="row" id="footnote_plugin_reference_12_1_1" class="footnote_plugin_index pointer" onclick="footnote_moveToAnchor_12_1('footnote_plugin_tooltip_12_1_1');"><a role="button" tabindex="0" class="footnote_plugin_link"><span class="footnote_index_arrow">↑</span>1</a></th><td class="footnote_plugin_text">First.</td></tr></tbody></table></div></div>`,
			[]string{"It began.{1} Then."}, []string{"1: First."}},

		{"WordPress, Easy Footnotes", `<p>It began.<span id="easy-footnote-1-77" class="easy-footnote-margin-adjust"></span><span class="easy-footnote"><a href="https://example.org/mali/#easy-footnote-bottom-1-77" title="First."><sup>1</sup></a></span></p>
<div class="easy-footnote-title"><h4>Notes</h4></div><ol class="easy-footnotes-wrapper"><li class="easy-footnote-single"><span id="easy-footnote-bottom-1-77" class="easy-footnote-margin-adjust"></span>First.<a class="easy-footnote-to-top" href="https://example.org/mali/#easy-footnote-1-77"></a></li></ol>`,
			[]string{"It began.{1}", "Notes"}, []string{"1: First."}},

		{"WordPress, Modern Footnotes", `<p>It began.<sup class="modern-footnotes-footnote " data-mfn="1" data-mfn-post-scope="00a"><a href="javascript:void(0)" role="button" aria-pressed="false" aria-describedby="mfn-content-00a-1">1</a></sup><span id="mfn-content-00a-1" role="tooltip" class="modern-footnotes-footnote__note" tabindex="0" data-mfn="1">First, <em>A Title</em>.</span> It ended.</p>`,
			[]string{"It began.{1} It ended."}, []string{"1: First, A Title."}},

		{"WordPress, YAFootnotes", `<p>It began.<sup><a href="#footnote_0_9" id="identifier_0_9" class="footnote-link footnote-identifier-link" title="First.">1</a></sup> Again.<sup><a href="#footnote_0_9" id="identifier_1_9" class="footnote-link footnote-identifier-link" title="First.">1</a></sup></p>
<ol class="footnotes"><li id="footnote_0_9" class="footnote">First. [<a href="#identifier_0_9" class="footnote-link footnote-back-link">&#8617;</a>] [<a href="#identifier_1_9" class="footnote-link footnote-back-link">&#8617;</a>]</li></ol>`,
			[]string{"It began.{1} Again.{1}"}, []string{"1: First."}},

		{"WordPress, FD Footnotes", `<p>It began.<sup class='footnote'><a href='#fn-123-1' id='fnref-123-1' onclick='return fdfootnote_show(123)'>1</a></sup></p><div class='footnotes' id='footnotes-123'><div class='footnotedivider'></div><ol><li id='fn-123-1'> First. <span class='footnotereverse'><a href='#fnref-123-1'>&#8617;</a></span></li></ol></div>`,
			[]string{"It began.{1}"}, []string{"1: First."}},

		{"Substack", `<div class="navbar"><a href="#x">1</a></div><article class="typography newsletter-post post"><h1 class="post-title">Mali</h1><div class="available-content"><div class="body markup"><p>It began.<a data-component-name="FootnoteAnchorToDOM" id="footnote-anchor-1-77" href="#footnote-1-77" target="_self" rel="" class="footnote-anchor">1</a> And a long paragraph goes on here, so that the article has most of the text of the page, as articles do.</p>
<div class="subscription-widget-wrap"><p>Subscribe now</p></div><p class="button-wrapper"><a class="button primary"><span>Share</span></a></p>
<div class="footnote" data-component-name="FootnoteToDOM"><a id="footnote-1-77" href="#footnote-anchor-1-77" class="footnote-number" contenteditable="false" target="_self">1</a><div class="footnote-content"><p>First.</p><p>More of it.</p></div></div></div></div></article>
<div class="comments"><p>Great post</p></div>`,
			[]string{"Mali", "It began.{1} And a long paragraph goes on here, so that the article has most of the text of the page, as articles do."}, []string{"1: First. More of it."}},

		{"MediaWiki", `<div id="content" class="mw-body" role="main"><h1 id="firstHeading">Mali</h1><div id="siteSub">From the encyclopedia</div><div class="mw-parser-output"><div class="hatnote">Not to be confused.</div><p>It began.<sup id="cite_ref-two_1-0" class="reference"><a href="#cite_note-two-1"><span class="cite-bracket">&#91;</span>1<span class="cite-bracket">&#93;</span></a></sup> It went on.<sup id="cite_ref-2" class="reference"><a href="#cite_note-2">[note 1]</a></sup> It ended.<sup id="cite_ref-two_1-1" class="reference"><a href="#cite_note-two-1">[1]</a></sup></p>
<div class="mw-heading"><h2 id="References">References</h2><span class="mw-editsection">[<a href="/edit">edit</a>]</span></div><ol class="references">
<li id="cite_note-two-1"><span class="mw-cite-backlink">^ <a href="#cite_ref-two_1-0"><sup><i><b>a</b></i></sup></a> <a href="#cite_ref-two_1-1"><sup><i><b>b</b></i></sup></a></span> <span class="reference-text"><cite class="citation">UN. <a rel="nofollow" class="external text" href="https://undocs.org/S/RES/1325">"Resolution 1325"</a>.</cite></span></li>
<li id="cite_note-2"><span class="mw-cite-backlink"><b><a href="#cite_ref-2" aria-label="Jump up">^</a></b></span> <span class="reference-text">Second.</span></li></ol>
<div class="navbox"><ul><li>Other articles</li></ul></div></div><div id="catlinks" class="catlinks">Categories</div></div>`,
			[]string{"Mali", "It began.{1} It went on.{note 1} It ended.{1}", "References"}, []string{`1: UN. "Resolution 1325".`, "note 1: Second."}},

		{"Google Docs", `<head><style type="text/css">.c1{font-style:italic}.c2{font-weight:700}</style></head><body class="doc-content"><p class="c0"><span>It began.</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><span> It ended.</span><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p>
<hr class="c9"><div><p class="c5"><a href="#ftnt_ref1" id="ftnt1">[1]</a><span class="c3">&nbsp;UN, </span><span class="c1">A Title</span><span>, at </span><span class="c4"><a class="c6" href="https://www.google.com/url?q=https://undocs.org/S/RES/1325&amp;sa=D&amp;source=editors">here</a></span></p><p class="c5"><span>More of it.</span></p></div>
<div class="c8"><p class="c1"><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Is this so?</span></p></div></body>`,
			nil, []string{"1: UN, A Title, at here More of it."}},

		{"Word, filtered", `<body lang=EN-US><div class=WordSection1><p class=MsoNormal>It began.<a href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span class=MsoFootnoteReference><span style='font-size:12.0pt'>[1]</span></span></span></a> It ended.<a href="#_edn1" name="_ednref1" title=""><span class=MsoEndnoteReference>[i]</span></a></p></div>
<div><br clear=all><hr align=left size=1 width="33%"><div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1" title=""><span class=MsoFootnoteReference><span style='font-size:10.0pt'>[1]</span></span></a> First.</p><p class=MsoFootnoteText>More of it.</p></div></div>
<div><hr><div id=edn1><p class=MsoEndnoteText><a href="#_ednref1" name="_edn1" title=""><span class=MsoEndnoteReference>[i]</span></a> End.</p></div></div></body>`,
			[]string{"It began.{1} It ended.{i}"}, []string{"1: First. More of it.", "i: End."}},

		{"LibreOffice", `<p class="western">It began.<sup><a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></sup> It ended.</p><div id="sdfootnote1"><p class="sdfootnote-western"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>First.</p><p class="sdfootnote-western">More of it.</p></div>`,
			[]string{"It began.{1} It ended."}, []string{"1: First. More of it."}},

		{"Ghost", `<header class="gh-head"><p>Menu</p></header><main class="gh-main"><article class="gh-article"><header class="gh-article-header"><h1>Mali</h1></header><section class="gh-content"><p>It began.<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup> Again.<sup class="footnote-ref"><a href="#fn1" id="fnref1:1">[1:1]</a></sup></p>
<hr class="footnotes-sep"><section class="footnotes"><ol class="footnotes-list"><li id="fn1" class="footnote-item"><p>First. <a href="#fnref1" class="footnote-backref">↩︎</a> <a href="#fnref1:1" class="footnote-backref">↩︎</a></p></li></ol></section></section><div class="kg-card kg-signup-card"><p>Sign up</p></div></article></main><footer class="gh-footer"><p>Foot</p></footer>`,
			[]string{"Mali", "It began.{1} Again.{1}"}, []string{"1: First."}},

		{"Drupal", `<div class="region region-sidebar-first"><p>Side</p></div><main role="main"><article><div class="field--name-body"><p>It began.<a class="see-footnote" id="footnoteref1_x7" title="First." href="#footnote1_x7">1</a> Again.<a class="see-footnote" id="footnoteref1_y8" href="#footnote1_x7">1</a></p><ul class="footnotes"><li class="footnote" id="footnote1_x7"><a class="footnote-label" href="#footnoteref1_x7">1.</a><a class="footnote-multi" href="#footnoteref1_x7">a.</a> <a class="footnote-multi" href="#footnoteref1_y8">b.</a> First.</li></ul></div></article></main><div class="eu-cookie-compliance-banner" id="sliding-popup"><p>Cookies</p></div>`,
			[]string{"It began.{1} Again.{1}"}, []string{"1: First."}},

		{"ReliefWeb, from Markdown", `<main id="main"><article class="rw-article"><header><h1 class="rw-article__title">Mali</h1></header><div class="rw-article__content"><p>It began.<sup id="fnref:1"><a class="footnote-ref" href="#fn:1" role="doc-noteref">1</a></sup></p><div class="footnotes" role="doc-endnotes"><hr /><ol><li class="footnote" id="fn:1" role="doc-endnote"><p>First. <a class="footnote-backref" rev="footnote" href="#fnref:1" role="doc-backlink">↩</a></p></li></ol></div></div></article></main>`,
			[]string{"Mali", "It began.{1}"}, []string{"1: First."}},

		{"ReliefWeb, without links", `<article class="rw-article"><div class="rw-article__content"><p>It began.[1] It ended. [2]</p><p>Notes to editors:</p><p>[1] First.</p><p>[2] Second.</p></div></article>`,
			[]string{"It began.{1} It ended.{2}", "Notes to editors:"}, []string{"1: First.", "2: Second."}},

		{"ReliefWeb, from Word", `<div class="rw-article__content"><p>It began.<a href="#_ftn1">[1]</a> It ended.<a href="#_ftn2">[2]</a></p><hr /><p><a href="#_ftnref1" name="_ftn1">[1]</a> First.</p><p><a href="#_ftnref2" name="_ftn2">[2]</a> Second.</p></div>`,
			[]string{"It began.{1} It ended.{2}"}, []string{"1: First.", "2: Second."}},

		{"Sphinx", `<p>It began.<a class="footnote-reference brackets" href="#id2" id="id1" role="doc-noteref"><span class="fn-bracket">[</span>1<span class="fn-bracket">]</span></a></p><aside class="footnote brackets" id="id2" role="doc-footnote"><span class="label"><span class="fn-bracket">[</span><a role="doc-backlink" href="#id1">1</a><span class="fn-bracket">]</span></span><p>First.</p></aside>`,
			[]string{"It began.{1}"}, []string{"1: First."}},

		{"an older Sphinx", `<p>It began.<a class="footnote-reference brackets" href="#id2" id="id1">1</a></p><dl class="footnote brackets"><dt class="label" id="id2"><span class="brackets"><a class="fn-backref" href="#id1">1</a></span></dt><dd><p>First.</p></dd></dl>`,
			[]string{"It began.{1}"}, []string{"1: First."}},

		{"notes beside the text", `<p>It began.<label for="sn-a" class="margin-toggle sidenote-number"></label><input type="checkbox" id="sn-a" class="margin-toggle"/><span class="sidenote">First.</span> It ended.</p>`,
			[]string{"It began.{1} It ended."}, []string{"1: First."}},

		{"a call without a note and a note without a call", `<p>One.<a href="#fn1" role="doc-noteref">1</a> Two.<a href="#fn2" role="doc-noteref">2</a> Three.<a href="#fn9" role="doc-noteref">3</a></p><ol><li id="fn1">First.</li><li id="fn2">Second.</li><li id="fn5">Not called.</li></ol>`,
			[]string{"One.{1} Two.{2} Three.{3}"}, []string{"1: First.", "2: Second.", "3: Not called."}},

		{"a list of contents with numbers", `<div><ul><li><a href="#c1">1</a></li><li><a href="#c2">2</a></li></ul><h2 id="c1">1 Introduction</h2><p>Text of one.</p><h2 id="c2">2 End</h2><p>Text of two.</p></div>`,
			[]string{"1", "2", "1 Introduction", "Text of one.", "2 End", "Text of two."}, nil},

		{"a page that is a form", `<form id="aspnetForm"><h1>Mali</h1><p>One.</p><p>Two.</p></form><form role="search"><p>Search</p></form>`,
			[]string{"Mali", "One.", "Two."}, nil},
	} {
		text, err := HTML([]byte("<!DOCTYPE html><html>"+tt.page+"</html>"), "")
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		b, n := show(text)
		if tt.blocks != nil && !slices.Equal(b, tt.blocks) || !slices.Equal(n, tt.notes) {
			t.Errorf("%s:\n got %q %q\nwant %q %q", tt.name, b, n, tt.blocks, tt.notes)
		}
		// Each marker leads to the note of its label, whatever the order.
		refs := map[string]string{}
		for _, x := range text.Notes {
			refs[x.Ref] = x.Label
		}
		for _, b := range text.Blocks {
			for _, m := range b.Marks {
				if m.Ref != "" && refs[m.Ref] != m.Label {
					t.Errorf("%s: marker %s calls the note %q", tt.name, m.Label, refs[m.Ref])
				}
			}
		}
	}
}

// TestGoogleDocs: what only its style and its own addresses say.
func TestGoogleDocs(t *testing.T) {
	text, err := HTML([]byte(`<head><style>.c0{color:#000}.c1{font-weight:400;font-style:italic}</style></head><p>x<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a> UN, <span class="c1">A Title</span>, <a href="https://www.google.com/url?q=https://undocs.org/S/RES/1325&amp;sa=D">here</a></p></div>`), "")
	if err != nil || len(text.Notes) != 1 {
		t.Fatalf("%+v, %v", text, err)
	}
	n := text.Notes[0]
	r := []rune(n.Text)
	if len(n.Italics) != 1 || string(r[n.Italics[0].Start:n.Italics[0].End]) != "A Title" {
		t.Errorf("italics %+v of %q", n.Italics, n.Text)
	}
	if len(n.Links) != 1 || n.Links[0].URL != "https://undocs.org/S/RES/1325" {
		t.Errorf("links %+v", n.Links)
	}
}

// TestManyLinks: a page of nothing but links is read in time that grows as it
// does.
func TestManyLinks(t *testing.T) {
	var b strings.Builder
	b.WriteString("<div><div>")
	for i := range 20_000 {
		fmt.Fprintf(&b, `<a href="#n%d" id="r%d">%d</a> `, i, i, i%1000)
	}
	for i := range 20_000 {
		fmt.Fprintf(&b, `<p id="n%d">%d note <a href="#r%d">^</a></p>`, i, i%1000, i)
	}
	text, err := HTML([]byte(b.String()), "")
	if err != nil || len(text.Notes) != 20_000 {
		t.Errorf("%d notes, %v", len(text.Notes), err)
	}
}
