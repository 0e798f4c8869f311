package pdf

import "citecheck/pipeline/cite"

// noText is what a page says that shows a picture and has no text.
const noText = "no text layer"

// pictured tells whether a picture covers most of the page: then it is a scan,
// or a cover. Any other page without text may well be blank.
func pictured(page cite.Page) bool {
	var covered float64
	for _, b := range page.Images {
		covered = max(covered, b.W()*b.H())
	}
	return covered > 0.5*page.Width*page.Height
}

// unreadable deals with a page that has no text to be used, for the reason
// given.
func (d *document) unreadable(handle uint64, v view, page *cite.Page, reason string) {
	page.Problem = reason
}
