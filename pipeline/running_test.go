package pipeline

import (
	"testing"

	"citecheck/pipeline/cite"
)

// TestRunningRecognized: a sentence that was read from a picture of its page
// says so wherever it is held against a document.
func TestRunningRecognized(t *testing.T) {
	const text = "In resolution 2423 (2011), the Council asked for a review. It was set up by S/RES/2100 (2013), para. 7."
	for _, ocr := range []bool{false, true} {
		notes := running(cite.Text{Blocks: []cite.Block{{Kind: cite.BlockPara, Text: text, OCR: ocr}}})
		if len(notes) != 2 {
			t.Fatalf("%d sentences cite, want 2", len(notes))
		}
		for _, n := range notes {
			if n.OCR != ocr {
				t.Errorf("the sentence %q is read by recognition: %v, want %v", n.Text, n.OCR, ocr)
			}
		}
	}
}
