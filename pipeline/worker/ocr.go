package worker

import (
	"bytes"
	"fmt"
	"image"
	"os/exec"
	"strconv"

	"citecheck/extractors/pdf"
)

// tesseract is the path of the program that reads characters from pictures;
// "" when it is not installed.
func tesseract() string {
	path, err := exec.LookPath("tesseract")
	if err != nil {
		return ""
	}
	return path
}

// recognizer runs tesseract, one process a picture, inside the limits of the
// reading process and over pipes alone.
func recognizer(path string) pdf.Recognizer {
	return func(picture *image.Gray, dpi int, digits bool) ([]byte, error) {
		args := []string{"stdin", "stdout", "--dpi", strconv.Itoa(dpi), "-c", "hocr_char_boxes=1"}
		if digits {
			// Letters of raised ordinals are admitted, so that "th" does not
			// become a number.
			args = append(args, "--psm", "7", "-c", "tessedit_char_whitelist=0123456789*thsndr")
		}
		cmd := exec.Command(path, append(args, "hocr")...)
		cmd.Env = append(childEnv(), "OMP_THREAD_LIMIT=1") // threads cost more than they gain on a page
		cmd.Stdin = pgm(picture)
		endsWithUs(cmd)
		var out bytes.Buffer
		cmd.Stdout = &out
		if err := cmd.Run(); err != nil {
			return nil, fmt.Errorf("tesseract: %w", err)
		}
		return out.Bytes(), nil
	}
}

// pgm is a picture in the plainest format that there is.
func pgm(p *image.Gray) *bytes.Buffer {
	b := new(bytes.Buffer)
	w, h := p.Rect.Dx(), p.Rect.Dy()
	b.Grow(w*h + 32)
	fmt.Fprintf(b, "P5\n%d %d\n255\n", w, h)
	for y := range h {
		b.Write(p.Pix[y*p.Stride : y*p.Stride+w])
	}
	return b
}
