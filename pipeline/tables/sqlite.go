package tables

import (
	"database/sql"
	_ "embed"
	"fmt"
	"io"
	"net/url"
	"reflect"
	"strings"

	_ "modernc.org/sqlite"
)

//go:embed views.sql
var views string

// keys are the tables in the order in which they are made, with what names a
// row of each.
var keys = []struct {
	row any
	key string
}{
	{report{}, "PRIMARY KEY (id)"},
	{note{}, "PRIMARY KEY (id)"},
	{document{}, "PRIMARY KEY (id)"},
	{work{}, "PRIMARY KEY (id)"},
	{citation{}, "PRIMARY KEY (id)"},
	{pinpoint{}, "PRIMARY KEY (citation, seq)"},
	{finding{}, ""},
	{refers{}, ""},
	{problem{}, ""},
}

// names are those of the tables.
var names = map[reflect.Type]string{
	reflect.TypeFor[report](): "reports", reflect.TypeFor[note](): "notes", reflect.TypeFor[document](): "documents", reflect.TypeFor[work](): "works",
	reflect.TypeFor[citation](): "citations", reflect.TypeFor[pinpoint](): "pinpoints", reflect.TypeFor[finding](): "findings",
	reflect.TypeFor[refers](): "refers", reflect.TypeFor[problem](): "problems",
}

// WriteSQLite makes a new SQLite file at path of the graph that from has. The
// same graph makes the same bytes.
func WriteSQLite(path string, from io.Reader) (err error) {
	// Who reads the file sees it when it is whole, so it needs no journal.
	dsn := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}).String() + "?_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)"
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return err
	}
	defer func() {
		if e := db.Close(); err == nil {
			err = e
		}
	}()
	db.SetMaxOpenConns(1)
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	s := &sqlSink{insert: map[reflect.Type]*sql.Stmt{}}
	for _, k := range keys {
		create, insert := statements(k.row, k.key)
		if _, err := tx.Exec(create); err != nil {
			return err
		}
		if s.insert[reflect.TypeOf(k.row)], err = tx.Prepare(insert); err != nil {
			return err
		}
	}
	if err := fill(s, from); err != nil {
		return err
	}
	if _, err := tx.Exec(views); err != nil {
		return err
	}
	return tx.Commit()
}

// statements make the table of a row, and put one into it.
func statements(row any, key string) (create, insert string) {
	t := reflect.TypeOf(row)
	var columns, marks []string
	for i := range t.NumField() {
		name, optional := column(t.Field(i))
		kind := "TEXT"
		if t.Field(i).Type.Kind() != reflect.String {
			kind = "INTEGER"
		}
		if !optional {
			kind += " NOT NULL"
		}
		columns, marks = append(columns, name+" "+kind), append(marks, "?")
	}
	if key != "" {
		columns = append(columns, key)
	}
	return fmt.Sprintf("CREATE TABLE %s (\n  %s\n) STRICT", names[t], strings.Join(columns, ",\n  ")),
		fmt.Sprintf("INSERT INTO %s VALUES (%s)", names[t], strings.Join(marks, ", "))
}

func column(f reflect.StructField) (name string, optional bool) {
	name, rest, _ := strings.Cut(f.Tag.Get("parquet"), ",")
	return name, rest == "optional"
}

type sqlSink struct {
	insert map[reflect.Type]*sql.Stmt
}

func (s *sqlSink) add(row any) error {
	v := reflect.ValueOf(row)
	values := make([]any, v.NumField())
	for i := range values {
		if _, optional := column(v.Type().Field(i)); optional && v.Field(i).IsZero() {
			continue
		}
		values[i] = v.Field(i).Interface()
	}
	if _, err := s.insert[v.Type()].Exec(values...); err != nil {
		return fmt.Errorf("a row of %s: %w", names[v.Type()], err)
	}
	return nil
}
