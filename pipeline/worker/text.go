package worker

import (
	"fmt"

	"citecheck/pipeline/cite"
)

// readText reads a document of any format but PDF.
func readText(mediaType string, data []byte) (cite.Text, error) {
	return cite.Text{}, fmt.Errorf("%w: %s", ErrFormat, mediaType)
}
