package container

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func archive(t testing.TB, parts ...[2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := z.Create(p[0])
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(p[1]))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestParts(t *testing.T) {
	c, err := Open(archive(t, [2]string{`Dir\Content.XML`, "<a/>"}, [2]string{"../../etc/passwd", "x"}, [2]string{"p.png", "1"}, [2]string{"p.png", "2"}))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := c.Part("dir/content.xml"); err != nil || string(got) != "<a/>" {
		t.Errorf("part %q, %v", got, err)
	}
	if got, err := c.Part("nothing"); err != nil || got != nil {
		t.Errorf("a part that is not there: %q, %v", got, err)
	}
}

func TestHostile(t *testing.T) {
	many := make([][2]string, maxEntries+1)
	for i := range many {
		many[i] = [2]string{fmt.Sprint(i), ""}
	}
	for name, data := range map[string][]byte{
		"no archive":                []byte("PK\x03\x04 nothing"),
		"too many parts":            archive(t, many...),
		"two parts of one name":     archive(t, [2]string{"content.xml", "a"}, [2]string{"content.xml", "b"}),
		"two that differ in case":   archive(t, [2]string{"content.xml", "a"}, [2]string{"Content.xml", "b"}),
		"two that differ in slash":  archive(t, [2]string{"a/b.xml", "a"}, [2]string{`a\b.xml`, "b"}),
		"two types of the document": archive(t, [2]string{"mimetype", "a"}, [2]string{"mimetype", "b"}),
	} {
		if _, err := Open(data); !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	c, err := Open(archive(t, [2]string{"bomb.xml", strings.Repeat(" ", 40<<20)}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Part("bomb.xml"); !errors.Is(err, ErrBroken) {
		t.Errorf("a bomb: %v", err)
	}
}
