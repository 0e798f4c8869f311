package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// left tells whether an element is left out of the text with all that it
// holds: it is not shown, or it belongs to the site and not to the report.
func left(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Nav, atom.Noscript, atom.Template, atom.Svg, atom.Iframe, atom.Button, atom.Head, atom.Object, atom.Select, atom.Textarea, atom.Dialog, atom.Menu, atom.Rt, atom.Rp, atom.Math:
		return true
	case atom.Form:
		return !holdsProse(n)
	}
	style := strings.ReplaceAll(attr(n, "style"), " ", "")
	if strings.Contains(style, "display:none") || attr(n, "aria-hidden") == "true" && n.DataAtom != atom.A && n.DataAtom != atom.Sup {
		return true
	}
	switch attr(n, "role") {
	case "navigation", "banner", "search", "dialog", "alertdialog", "menu", "menubar", "tooltip", "doc-pagebreak", "doc-toc":
		return !noteClass(n)
	}
	for _, w := range strings.Fields(attr(n, "epub:type")) {
		switch w {
		case "pagebreak", "toc", "landmarks", "page-list", "loi", "lot", "index":
			return true
		}
	}
	for _, c := range strings.Fields(attr(n, "class")) {
		if siteClasses[strings.ToLower(c)] {
			return true
		}
	}
	return siteIDs[strings.ToLower(attr(n, "id"))]
}

// holdsProse tells the form that some servers put around a whole page from
// one that is filled in.
func holdsProse(n *html.Node) bool {
	paragraphs, seen := 0, 0
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil && paragraphs < 3 && seen < 10_000; c = c.NextSibling {
			if seen++; c.DataAtom == atom.P || c.DataAtom == atom.H1 {
				paragraphs++
			}
			walk(c)
		}
	}
	walk(n)
	return paragraphs >= 3
}

// siteClasses are what the software of sites calls that which is not the
// report: menus, comments, banners on cookies, buttons to share, and what is
// only for programs that read aloud.
var siteClasses = words(`
	comments comments-area comment-list commentlist comment-respond comment-form comment-section discussion-container post-comments
	sidebar widget widget-area widget-container footer-widgets region-sidebar-first region-sidebar-second
	cookie-banner cookie-notice cookie-consent cookieconsent cookie-bar cc-window cc-banner cc-revoke cmplz-cookiebanner eu-cookie-compliance-banner
	gdpr-banner gdpr-cookie-notice
	share social-share share-buttons sharedaddy sd-sharing addtoany_share_save_container a2a_kit addthis_toolbox rw-share social-links
	related-posts jp-relatedposts yarpp-related read-next read-more-wrap
	breadcrumb breadcrumbs menu nav navbar navigation site-header site-footer site-navigation main-navigation post-navigation nav-links pagination pager
	gh-head gh-foot gh-footer gh-navigation global-footer global-header page-footer
	newsletter newsletter-signup newsletter-form subscribe subscribe-widget subscription-widget subscription-widget-wrap subscription-widget-wrap-editor
	button-wrapper kg-signup-card kg-cta-card gh-subscribe gh-post-upgrade-cta footer-cta
	popup modal skip-link screen-reader-text visually-hidden sr-only element-invisible cite-accessibility-label
	navbox vertical-navbox navbox-styles mw-editsection catlinks printfooter mw-jump-link toc vector-toc noprint sistersitebox ambox mw-cite-backlink
	mw-indicators hatnote metadata
	footnote_tooltip footnote_index_arrow footnote_container_prepare footnote_reference_container_label
	advertisement adsbygoogle ad-container`)

// siteIDs are the same by id; only such as no heading of a report would give.
var siteIDs = words(`
	disqus_thread onetrust-consent-sdk onetrust-banner-sdk cybotcookiebotdialog cookie-law-info-bar cookie-notice cookiebanner sliding-popup
	moove_gdpr_cookie_info_bar usercentrics-root cmplz-cookiebanner-container catlinks mw-navigation mw-panel mw-head sitesub contentsub jump-to-nav
	site-header site-footer site-navigation jp-relatedposts`)

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// main is the part of the page that holds the report: its main or article
// element, if that has most of the text.
func (p *page) main(body *html.Node) *html.Node {
	root, all := body, proseIn(body)
	for _, n := range p.elements {
		if n.DataAtom != atom.Main && n.DataAtom != atom.Article && attr(n, "role") != "main" || !contains(root, n) {
			continue
		}
		if k := proseIn(n); k > 200 && k*10 >= all*6 {
			root, all = n, k
		}
	}
	return root
}

// proseIn counts the bytes of text below n that stands in paragraphs.
func proseIn(n *html.Node) int {
	total := 0
	var walk func(n *html.Node, inside bool)
	walk = func(n *html.Node, inside bool) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch c.Type {
			case html.TextNode:
				if inside {
					total += len(strings.TrimSpace(c.Data))
				}
			case html.ElementNode:
				if !left(c) {
					walk(c, inside || c.DataAtom == atom.P || c.DataAtom == atom.Li || c.DataAtom == atom.Blockquote)
				}
			}
		}
	}
	walk(n, false)
	return total
}

// ofSite tells the head and the foot of the site, when they stand about the
// report and not in it.
func (p *page) ofSite(n *html.Node) bool {
	if n.DataAtom != atom.Header && n.DataAtom != atom.Footer || p.book {
		return false
	}
	for up := n.Parent; up != nil; up = up.Parent {
		switch up.DataAtom {
		case atom.Article, atom.Main, atom.Section, atom.Blockquote:
			return false
		}
	}
	return n.DataAtom == atom.Footer || !holdsProse(n)
}
