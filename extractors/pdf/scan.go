package pdf

import "citecheck/pipeline/cite"

// noText is what a page says that shows something and has no text.
const noText = "no text layer"

// withoutText deals with a page on which no text was found. A page with a
// picture over most of it is a scan; any other may well be blank.
func (d *document) withoutText(handle uint64, v view, page *cite.Page) {
	var covered float64
	for _, b := range page.Images {
		covered = max(covered, b.W()*b.H())
	}
	if covered < 0.5*v.w*v.h {
		return
	}
	page.Problem = noText
}
