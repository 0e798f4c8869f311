package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/md5"
	"crypto/rc4"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

// A builder writes small PDFs for the tests. Objects 1 to 3 are the catalogue,
// the page tree and the common font.
type builder struct {
	objs     map[int]string
	pages    []int
	catalog  string // further entries
	password string // of the user; "" with locked for a file that anyone may read
	locked   bool
}

func newPDF() *builder {
	return &builder{objs: map[int]string{3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"}}
}

// add adds an object and returns its number.
func (b *builder) add(body string) int {
	n := len(b.objs) + 3
	for b.objs[n] != "" {
		n++
	}
	b.objs[n] = body
	return n
}

// stream adds a stream.
func (b *builder) stream(dict, data string) int {
	return b.add(fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data))
}

// packed adds a compressed stream.
func (b *builder) packed(dict string, data []byte) int {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	w.Write(data)
	w.Close()
	return b.stream(dict+"/Filter/FlateDecode", z.String())
}

// page adds a page of letter size with this content; entries go into its
// dictionary, resources into its resources beside font F1.
func (b *builder) page(content, entries, resources string) int {
	return b.pageOf(b.stream("", content), entries, resources)
}

func (b *builder) pageOf(content int, entries, resources string) int {
	if !strings.Contains(entries, "MediaBox") {
		entries += "/MediaBox[0 0 612 792]"
	}
	n := b.add(fmt.Sprintf("<</Type/Page/Parent 2 0 R%s/Resources<</Font<</F1 3 0 R>>%s>>/Contents %d 0 R>>", entries, resources, content))
	b.pages = append(b.pages, n)
	return n
}

// bytes is the file.
func (b *builder) bytes() []byte {
	b.objs[1] = "<</Type/Catalog/Pages 2 0 R" + b.catalog + ">>"
	var kids strings.Builder
	for _, p := range b.pages {
		fmt.Fprintf(&kids, "%d 0 R ", p)
	}
	b.objs[2] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids.String(), len(b.pages))
	trailer := "/Root 1 0 R"
	var key []byte
	if b.locked {
		var encrypt string
		encrypt, key = lock(b.password)
		trailer += "/ID[<" + fileID + "><" + fileID + ">]/Encrypt " + encrypt
	}
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	nums := make([]int, 0, len(b.objs))
	for n := range b.objs {
		nums = append(nums, n)
	}
	sort.Ints(nums)
	last := nums[len(nums)-1]
	at := make([]int, last+1)
	for _, n := range nums {
		at[n] = out.Len()
		body := b.objs[n]
		if key != nil {
			body = lockStream(body, n, key)
		}
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", n, body)
	}
	xref := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", last+1)
	for n := 1; n <= last; n++ {
		kind := byte('n')
		if at[n] == 0 {
			kind = 'f'
		}
		fmt.Fprintf(&out, "%010d 00000 %c \n", at[n], kind)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n", last+1, trailer, xref)
	return out.Bytes()
}

const fileID = "00112233445566778899AABBCCDDEEFF"

var passwordPad = []byte("\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A")

// lock is the encryption dictionary of the oldest kind (40 bits, revision 2)
// and the file's key (ISO 32000-1, 7.6.3).
func lock(user string) (dict string, key []byte) {
	pad := func(s string) []byte { return append([]byte(s), passwordPad...)[:32] }
	crypt := func(key, data []byte) []byte {
		c, _ := rc4.NewCipher(key)
		out := make([]byte, len(data))
		c.XORKeyStream(out, data)
		return out
	}
	ownerKey := md5.Sum(pad("owner"))
	owner := crypt(ownerKey[:5], pad(user))
	const permissions = -4
	h := md5.New()
	h.Write(pad(user))
	h.Write(owner)
	binary.Write(h, binary.LittleEndian, int32(permissions))
	fmt.Fprint(h, "\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xAA\xBB\xCC\xDD\xEE\xFF")
	key = h.Sum(nil)[:5]
	return fmt.Sprintf("<</Filter/Standard/V 1/R 2/P %d/O<%X>/U<%X>>>", permissions, owner, crypt(key, passwordPad)), key
}

// lockStream encrypts the data of a stream object; the tests' strings stand
// in streams.
func lockStream(body string, n int, key []byte) string {
	const begin, end = ">>\nstream\n", "\nendstream"
	i := strings.Index(body, begin)
	if i < 0 {
		return body
	}
	h := md5.Sum(append(append([]byte{}, key...), byte(n), byte(n>>8), byte(n>>16), 0, 0))
	c, _ := rc4.NewCipher(h[:10])
	data := []byte(strings.TrimSuffix(body[i+len(begin):], end))
	c.XORKeyStream(data, data)
	return body[:i+len(begin)] + string(data) + end
}

// testOptions share the compiled engine with the program itself: compiling
// takes seconds.
func testOptions() Options {
	dir, err := os.UserCacheDir()
	if err != nil {
		return Options{}
	}
	return Options{CacheDir: filepath.Join(dir, "citecheck", "engine")}
}

// readAll reads a document whole.
func readAll(t testing.TB, data []byte, opt Options) ([]cite.Page, Info) {
	t.Helper()
	var pages []cite.Page
	info, err := Read(data, opt, func(p cite.Page) error {
		pages = append(pages, p)
		return nil
	})
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return pages, info
}

// onePage reads a document of one page.
func onePage(t testing.TB, b *builder) cite.Page {
	t.Helper()
	pages, _ := readAll(t, b.bytes(), testOptions())
	if len(pages) != 1 {
		t.Fatalf("%d pages, want 1", len(pages))
	}
	return pages[0]
}

// plain writes runs as a line of words: "_" for white space, "=" for a line
// hyphen, "|" where a run ends without either.
func plain(runs []cite.Run) string {
	var s strings.Builder
	for i, r := range runs {
		s.WriteString(r.Text)
		switch {
		case r.Hyphen:
			s.WriteByte('=')
		case r.Space:
			s.WriteByte('_')
		case i < len(runs)-1:
			s.WriteByte('|')
		}
	}
	return s.String()
}
