package worker

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestScan: a picture of a page is read by tesseract, the raised digit too;
// without it the page says so.
func TestScan(t *testing.T) {
	for _, program := range []string{"tesseract", "pdftoppm"} {
		if _, err := exec.LookPath(program); err != nil {
			if os.Getenv("CITECHECK_REQUIRE_ALL") == "1" {
				t.Fatalf("needs %s", program)
			}
			t.Skipf("skipped: needs %s", program)
		}
	}
	// Someone else's recognition may have put a text under the picture.
	for _, under := range []string{"", "BT 3 Tr /F1 11 Tf 72 700 Td (The nandate was renewed by the Secunty Council in June 2018.38) Tj " +
		"0 -14 Td (The mission was to protect civilians in the north of the country.) Tj 0 -546 Td (38 UN Secunty Council Resolution 2428.) Tj ET"} {
		readsScan(t, under)
	}
}

func readsScan(t *testing.T, under string) {
	t.Helper()
	scan := scanned(t, under, textPDF("BT /F1 11 Tf 72 700 Td (The mandate was renewed by the Security Council in June 2018.) Tj "+
		"/F1 7 Tf 4 Ts (38) Tj 0 Ts /F1 11 Tf 0 -14 Td (The mission was to protect civilians in the north of the country.) Tj ET "+
		"72 160 144 0.6 re f BT /F1 8 Tf 72 140 Td (38 UN Security Council Resolution 2423.) Tj ET"))
	res, err := Read(context.Background(), Input{Name: "scan.pdf", Data: scan}, Limits{Reread: true})
	if err != nil {
		t.Fatal(err)
	}
	p := slices.Collect(res.Pages())[0]
	var words []string
	marker := -1
	for i, r := range p.Runs {
		words = append(words, r.Text)
		if r.Text == "38" && i > 0 && r.Baseline < p.Runs[i-1].Baseline-2 {
			marker = i
		}
	}
	text := strings.Join(words, " ")
	if !p.OCR || p.Problem != "" || !strings.Contains(text, "renewed by the Security Council in June 2018.") || !strings.Contains(text, "Resolution 2423.") {
		t.Errorf("read %q, problem %q", text, p.Problem)
	}
	if marker < 0 || p.Runs[marker-1].Text != "2018." {
		t.Errorf("the raised 38 after 2018 is not found in %q", text)
	}
	if len(p.Rules) != 1 {
		t.Errorf("rules %v, want the one above the note", p.Rules)
	}
	if under != "" {
		as, err := Read(context.Background(), Input{Name: "scan.pdf", Data: scan}, Limits{})
		if p := slices.Collect(as.Pages())[0]; err != nil || !p.OCR || len(p.Runs) == 0 || p.Runs[1].Text != "nandate" {
			t.Errorf("unasked: read %v, error %v, want what lies under the picture", p.Runs, err)
		}
		return
	}
	without, err := Read(context.Background(), Input{Name: "scan.pdf", Data: scan}, Limits{Recognize: -1})
	if err != nil || len(without.Problems) != 1 || !strings.HasPrefix(without.Problems[0].Reason, "no text layer") {
		t.Errorf("without recognition: problems %v, error %v", without.Problems, err)
	}
}

// textPDF is a page of letter size with this content.
func textPDF(content string) []byte {
	return pdfOf(nil, "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>", content)
}

func pdfOf(image []byte, resources, content string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n")
	fmt.Fprintf(&b, "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources%s/Contents 4 0 R>>\nendobj\n", resources)
	fmt.Fprintf(&b, "4 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n", len(content), content)
	if image != nil {
		fmt.Fprintf(&b, "5 0 obj\n%s\nendobj\n", image)
	}
	b.WriteString("trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n0\n%%EOF\n")
	return b.Bytes()
}

// scanned is a PDF that holds a picture of another's page and what lies under
// it.
func scanned(t *testing.T, under string, doc []byte) []byte {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "in.pdf")
	if err := os.WriteFile(file, doc, 0o600); err != nil {
		t.Fatal(err)
	}
	pgm, err := exec.Command("pdftoppm", "-r", "300", "-gray", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	var w, h, most int
	if _, err := fmt.Sscanf(string(pgm[:20]), "P5\n%d %d\n%d", &w, &h, &most); err != nil {
		t.Fatal(err)
	}
	pixels := pgm[len(pgm)-w*h:]
	image := fmt.Appendf(nil, "<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceGray/Length %d>>\nstream\n%s\nendstream", w, h, len(pixels), pixels)
	return pdfOf(image, "<</XObject<</X 5 0 R>>/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>", under+" q 612 0 0 792 0 0 cm /X Do Q")
}
