package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

// A Hit is one place that a search found.
type Hit struct {
	Symbol  string `json:"symbol"`
	Title   string `json:"title"`
	Date    string `json:"date"`
	Place   string `json:"place"` // "paragraph 12", "title", "agenda"
	Page    int    `json:"page,omitempty"`
	Snippet string `json:"snippet"` // the words that were found stand between "[" and "]"
}

// ErrNoWords says that a search has nothing to look for.
var ErrNoWords = errors.New("the search has no words")

// Search finds paragraphs and titles that hold all words; words in quotation
// marks must stand side by side, and one that ends with "*" may go on. The
// best come first; agenda titles of the built-in catalogue come last.
func (s *Store) Search(ctx context.Context, query, symbol string, limit int) ([]Hit, error) {
	match := matches(query)
	if match == "" {
		return nil, ErrNoWords
	}
	var out []Hit
	if s != nil {
		if err := s.usable(); err != nil {
			return nil, err
		}
		for _, q := range []string{searchTitles, searchWords} {
			hits, err := s.hits(ctx, q, match, symbol, limit-len(out))
			if err != nil {
				return nil, s.failed(err)
			}
			out = append(out, hits...)
		}
	}
	return append(out, Builtin().search(query, symbol, limit-len(out))...), nil
}

const (
	searchTitles = `
SELECT d.printed, coalesce(nullif(d.title, ''), d.topic), d.date, 0, '', '', 0, snippet(titles, -1, '[', ']', ' … ', 24)
FROM titles JOIN documents d ON d.id = titles.rowid
WHERE titles MATCH ?1 AND d.symbol LIKE ?2 ESCAPE '\' ORDER BY bm25(titles), d.symbol LIMIT ?3`
	searchWords = `
SELECT d.printed, coalesce(nullif(d.title, ''), d.topic), d.date, p.n, p.kind, p.label, p.page, snippet(words, 0, '[', ']', ' … ', 24)
FROM words JOIN paragraphs p ON p.id = words.rowid JOIN documents d ON d.id = p.document
WHERE words MATCH ?1 AND d.symbol LIKE ?2 ESCAPE '\' ORDER BY bm25(words), d.symbol, p.place LIMIT ?3`
)

func (s *Store) hits(ctx context.Context, query, match, symbol string, limit int) (out []Hit, err error) {
	if limit <= 0 {
		return nil, nil
	}
	like := strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(symbol) + "%"
	rows, err := s.db.QueryContext(ctx, query, match, like, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var h Hit
		var p cite.Paragraph
		if err := rows.Scan(&h.Symbol, &h.Title, &h.Date, &p.N, &p.Kind, &p.Label, &h.Page, &h.Snippet); err != nil {
			return nil, err
		}
		h.Place, h.Snippet = "title", strings.Join(strings.Fields(h.Snippet), " ")
		if query == searchWords {
			h.Place = placeOf(p)
		}
		out = append(out, h)
	}
	return out, rows.Err()
}

func placeOf(p cite.Paragraph) string {
	switch {
	case p.Label != "":
		return p.Label
	case p.N > 0:
		return fmt.Sprintf("paragraph %d", p.N)
	}
	return "text"
}

// matches writes a search in the index's language: every word in quotation
// marks, so that nothing in it is an operator.
func matches(query string) string {
	var out []string
	for i, part := range strings.Split(query, `"`) {
		if i%2 == 1 { // between quotation marks
			if w := strings.Join(words(part), " "); w != "" {
				out = append(out, `"`+w+`"`)
			}
			continue
		}
		for _, f := range strings.Fields(part) {
			w := strings.Join(words(f), " ")
			if w == "" {
				continue
			}
			w = `"` + w + `"`
			if strings.HasSuffix(f, "*") {
				w += "*"
			}
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}

// search looks in the agenda titles of the built-in resolutions, the newest
// first.
func (c *Catalog) search(query, symbol string, limit int) (out []Hit) {
	var want []string
	for _, w := range words(query) {
		want = append(want, strings.ToLower(w))
	}
	for n := c.last; n > 0 && len(out) < limit; n-- {
		r, ok := c.byNum[n]
		if !ok || r.topic == "" || !strings.HasPrefix("S/RES/"+fmt.Sprint(n), symbol) {
			continue
		}
		has := words(strings.ToLower(r.topic))
		if slices.ContainsFunc(want, func(w string) bool { return !slices.Contains(has, w) }) {
			continue
		}
		d := c.document(r)
		out = append(out, Hit{Symbol: d.Printed, Title: d.Topic, Date: d.Date.String(), Place: "agenda", Snippet: d.Topic})
	}
	return out
}

// Stats are what the catalogue holds.
type Stats struct {
	File        string         `json:"file"`
	Bytes       int64          `json:"bytes"`
	Documents   int            `json:"documents"`
	Texts       int            `json:"texts"` // documents whose paragraphs are kept
	Paragraphs  int            `json:"paragraphs"`
	Facts       int            `json:"facts"`
	Sources     int            `json:"sources"`
	Relations   map[string]int `json:"relations"`
	Pages       int            `json:"pages"`
	PageBytes   int64          `json:"page_bytes"`
	Builtin     int            `json:"builtin_resolutions"`
	CompleteTo  int            `json:"builtin_complete_to"`
	BuiltinDate string         `json:"builtin_date"`
}

// Stats counts what is kept; of no store, what is built in.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	c := Builtin()
	out := Stats{Relations: map[string]int{}, Builtin: len(c.byNum), CompleteTo: c.CompleteTo(), BuiltinDate: c.Date()}
	if s == nil {
		return out, nil
	}
	if err := s.usable(); err != nil {
		return out, err
	}
	out.File = s.path
	out.Bytes = fileSize(s.path) + fileSize(s.path+"-wal")
	err := s.db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM documents), (SELECT count(DISTINCT document) FROM paragraphs), (SELECT count(*) FROM paragraphs),
(SELECT count(*) FROM facts), (SELECT count(*) FROM sources), (SELECT count(*) FROM pages), (SELECT coalesce(sum(size), 0) FROM pages)`).
		Scan(&out.Documents, &out.Texts, &out.Paragraphs, &out.Facts, &out.Sources, &out.Pages, &out.PageBytes)
	if err != nil {
		return out, s.failed(err)
	}
	rows, err := s.db.QueryContext(ctx, "SELECT relation, count(*) FROM relations GROUP BY relation")
	if err != nil {
		return out, s.failed(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var n int
		if err := rows.Scan(&name, &n); err != nil {
			return out, s.failed(err)
		}
		out.Relations[name] = n
	}
	return out, s.failed(rows.Err())
}

// Documents gives each kept document to each, by symbol.
func (s *Store) Documents(ctx context.Context, each func(cite.Document) error) error {
	if err := s.usable(); err != nil {
		return err
	}
	ids, err := collect[int64](ctx, s.db, "SELECT id FROM documents ORDER BY symbol")
	if err != nil {
		return s.failed(err)
	}
	for _, id := range ids {
		d, err := s.document(ctx, id)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return s.failed(err)
		}
		if err := each(d); err != nil {
			return err
		}
	}
	return nil
}

// collect reads a column.
func collect[T any](ctx context.Context, db *sql.DB, query string, args ...any) (out []T, err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var v T
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

func (s *Store) document(ctx context.Context, id int64) (d cite.Document, err error) {
	var symbol, date, issued string
	err = s.db.QueryRowContext(ctx, `SELECT symbol, printed, body, series, number, year, date, issued, title, topic, meeting, press, vote, session, agenda, job, last, preambular, recognized FROM documents WHERE id = ?`, id).
		Scan(&symbol, &d.Printed, &d.Body, &d.Series, &d.Number, &d.Year, &date, &issued, &d.Title, &d.Topic, &d.Meeting, &d.Press, &d.Vote, &d.Session, &d.Agenda, &d.Job, &d.Last, &d.Preambular, &d.OCR)
	if err != nil {
		return d, err
	}
	if d.Symbol, err = cite.ParseSymbol(symbol); err != nil {
		return d, err
	}
	d.Date, _ = cite.ParseISODate(date) // of ours; "" is the zero Date
	d.Issued, _ = cite.ParseISODate(issued)
	if d.Aliases, err = collect[string](ctx, s.db, "SELECT alias FROM aliases WHERE document = ? ORDER BY alias", id); err != nil {
		return d, err
	}
	if err := s.facts(ctx, id, &d); err != nil {
		return d, err
	}
	if err := s.paragraphs(ctx, id, &d); err != nil {
		return d, err
	}
	return d, s.refers(ctx, &d)
}

func (s *Store) facts(ctx context.Context, id int64, d *cite.Document) error {
	rows, err := s.db.QueryContext(ctx, `SELECT f.field, f.value, f.firsthand, f.place, f.quote, s.name, s.url, s.fetched, s.sha256, s.warc
FROM facts f JOIN sources s ON s.id = f.source WHERE f.document = ? ORDER BY f.id`, id)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var f cite.Fact
		e := &f.Evidence
		if err := rows.Scan(&f.Field, &f.Value, &f.Primary, &e.Place, &e.Quote, &e.Name, &e.URL, &e.Fetched, &e.SHA256, &e.WARC); err != nil {
			return err
		}
		d.Facts = append(d.Facts, f)
		if !slices.Contains(d.Sources, e.Source) {
			d.Sources = append(d.Sources, e.Source)
		}
	}
	return rows.Err()
}

func (s *Store) paragraphs(ctx context.Context, id int64, d *cite.Document) error {
	rows, err := s.db.QueryContext(ctx, "SELECT n, kind, label, page, text FROM paragraphs WHERE document = ? ORDER BY place", id)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var p cite.Paragraph
		if err := rows.Scan(&p.N, &p.Kind, &p.Label, &p.Page, &p.Text); err != nil {
			return err
		}
		d.Paragraphs = append(d.Paragraphs, p)
	}
	return rows.Err()
}

func (s *Store) refers(ctx context.Context, d *cite.Document) error {
	rows, err := s.db.QueryContext(ctx, "SELECT target, place FROM relations WHERE origin = ? AND relation = 'refers' ORDER BY place, target", d.Symbol.String())
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var target string
		var r cite.Reference
		if err := rows.Scan(&target, &r.Place); err != nil {
			return err
		}
		if r.Symbol, err = cite.ParseSymbol(target); err == nil {
			d.Refers = append(d.Refers, r)
		}
	}
	return rows.Err()
}

// A Relation is a tie between two documents.
type Relation struct {
	From     string `json:"from"`
	Relation string `json:"relation"` // "revises", "corrects", "adds_to", "refers"
	To       string `json:"to"`
	Place    string `json:"place,omitempty"`
}

// Relations gives each relation to each, in order.
func (s *Store) Relations(ctx context.Context, each func(Relation) error) error {
	if err := s.usable(); err != nil {
		return err
	}
	rows, err := s.db.QueryContext(ctx, "SELECT origin, relation, target, place FROM relations ORDER BY origin, relation, target, place")
	if err != nil {
		return s.failed(err)
	}
	defer rows.Close()
	for rows.Next() {
		var r Relation
		if err := rows.Scan(&r.From, &r.Relation, &r.To, &r.Place); err != nil {
			return s.failed(err)
		}
		if err := each(r); err != nil {
			return err
		}
	}
	return s.failed(rows.Err())
}
