//go:build parquet

package tables

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// groupRows is how many rows are held until they are written.
const groupRows = 50_000

// HasParquet tells whether this build can write Parquet.
const HasParquet = true

// WriteParquet makes a Parquet file for each table in the folder dir, which is
// there, of the graph that from has. The same graph makes the same bytes.
func WriteParquet(dir string, from io.Reader) (err error) {
	s := parquetSink{}
	defer func() {
		for _, f := range s {
			err = errors.Join(err, f.close())
		}
	}()
	for t, open := range map[reflect.Type]func(string) (parquetFile, error){
		reflect.TypeFor[report](): file[report], reflect.TypeFor[note](): file[note], reflect.TypeFor[document](): file[document], reflect.TypeFor[work](): file[work],
		reflect.TypeFor[citation](): file[citation], reflect.TypeFor[pinpoint](): file[pinpoint], reflect.TypeFor[finding](): file[finding],
		reflect.TypeFor[refers](): file[refers], reflect.TypeFor[problem](): file[problem],
	} {
		if s[t], err = open(filepath.Join(dir, names[t]+".parquet")); err != nil {
			delete(s, t)
			return err
		}
	}
	return fill(s, from)
}

type parquetSink map[reflect.Type]parquetFile

func (s parquetSink) add(row any) error { return s[reflect.TypeOf(row)].add(row) }

// A parquetFile takes the rows of one table.
type parquetFile struct {
	add   func(row any) error
	close func() error
}

func file[T any](path string) (parquetFile, error) {
	f, err := os.Create(path)
	if err != nil {
		return parquetFile{}, err
	}
	w := parquet.NewGenericWriter[T](f, parquet.Compression(&zstd.Codec{}), parquet.MaxRowsPerRowGroup(groupRows))
	return parquetFile{
		add: func(row any) error {
			if _, err := w.Write([]T{row.(T)}); err != nil {
				return fmt.Errorf("a row of %s: %w", names[reflect.TypeFor[T]()], err)
			}
			return nil
		},
		close: func() error { return errors.Join(w.Close(), f.Close()) },
	}, nil
}
