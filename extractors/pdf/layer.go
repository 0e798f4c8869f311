package pdf

import (
	"strings"

	"citecheck/pipeline/cite"
)

// What someone else's recognition put under the picture of a page has lost
// what stands raised: of a layer without one wrong letter a third of the notes
// and none of their sentences could be read, of our own reading nine in ten
// and three in four. But a page takes about 3 CPU seconds, a hundred times
// what its layer takes, so it is done on request. What has less than
// leastWords of the layer's words, in a hundred, is no better reading.
const leastWords = 70

// reread gives a page whose text is another's recognition our own reading. A
// fault leaves the page as it is.
func (d *document) reread(handle uint64, page *cite.Page) {
	if d.opt.Recognize == nil || d.recognized >= d.opt.MaxRecognized {
		return
	}
	d.recognized++
	picture, dpi, err := d.render(handle, *page)
	if err != nil {
		return
	}
	again := *page
	again.Runs, again.Rules = nil, nil
	if err := recognize(picture, dpi, d.opt.Recognize, &again); err != nil || wordsOf(again)*100 < wordsOf(*page)*leastWords {
		return
	}
	*page = again
}

func wordsOf(page cite.Page) int {
	n := 0
	for _, r := range page.Runs {
		n += len(strings.Fields(r.Text))
	}
	return n
}
