package worker

import (
	"errors"
	"fmt"

	"citecheck/extractors/docx"
	"citecheck/extractors/markup"
	"citecheck/extractors/odt"
	"citecheck/pipeline/cite"
)

// readText reads a document of any format but PDF.
func readText(mediaType string, data []byte) (cite.Text, error) {
	text, err := readFormat(mediaType, data)
	switch {
	case errors.Is(err, docx.ErrEncrypted), errors.Is(err, odt.ErrEncrypted):
		return text, ErrPassword
	case errors.Is(err, markup.ErrEncrypted):
		return text, fmt.Errorf("%w: the book %w", ErrPassword, err)
	}
	return text, err
}

func readFormat(mediaType string, data []byte) (cite.Text, error) {
	switch mediaType {
	case DOCX:
		return docx.Read(data)
	case ODT:
		return odt.Read(data)
	case EPUB:
		return markup.EPUB(data)
	case HTML:
		return markup.HTML(data, "")
	case Markdown:
		return markup.Markdown(data)
	case Plain:
		return markup.Plain(data)
	}
	return readOther(mediaType, data)
}

// readOther reads what has no reader of its own. The tests put in readers
// that misbehave.
var readOther = func(mediaType string, _ []byte) (cite.Text, error) {
	return cite.Text{}, fmt.Errorf("%w: %s", ErrFormat, mediaType)
}
