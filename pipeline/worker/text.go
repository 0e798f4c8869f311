package worker

import (
	"fmt"

	"citecheck/extractors/docx"
	"citecheck/extractors/markup"
	"citecheck/pipeline/cite"
)

// readText reads a document of any format but PDF.
func readText(mediaType string, data []byte) (cite.Text, error) {
	switch mediaType {
	case DOCX:
		return docx.Read(data)
	case HTML:
		return markup.HTML(data, "")
	case Markdown:
		return markup.Markdown(data)
	case Plain:
		return markup.Plain(data)
	}
	return cite.Text{}, fmt.Errorf("%w: %s", ErrFormat, mediaType)
}
