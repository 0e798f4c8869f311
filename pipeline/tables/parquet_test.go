//go:build parquet

package tables

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// TestParquet: a reader of Parquet finds in the files what the graph has.
func TestParquet(t *testing.T) {
	dir, again := t.TempDir(), t.TempDir()
	for _, d := range []string{dir, again} {
		if err := WriteParquet(d, bytes.NewReader(sample())); err != nil {
			t.Fatal(err)
		}
	}
	for table, want := range rows {
		a, err := os.ReadFile(filepath.Join(dir, table+".parquet"))
		if err != nil {
			t.Fatal(err)
		}
		if b, _ := os.ReadFile(filepath.Join(again, table+".parquet")); !bytes.Equal(a, b) {
			t.Errorf("%s: the same graph makes other bytes", table)
		}
		f, err := parquet.OpenFile(bytes.NewReader(a), int64(len(a)))
		if err != nil || f.NumRows() != int64(want) {
			t.Errorf("%s has %d rows, want %d (%v)", table, f.NumRows(), want, err)
		}
	}
	got, err := parquet.ReadFile[citation](filepath.Join(dir, "citations.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	sink := collect{}
	if err := fill(&sink, bytes.NewReader(sample())); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, sink.citations) {
		t.Errorf("read back: %+v\nwant %+v", got, sink.citations)
	}
}

// collect keeps the citations.
type collect struct{ citations []citation }

func (c *collect) add(row any) error {
	if v, ok := row.(citation); ok {
		c.citations = append(c.citations, v)
	}
	return nil
}
