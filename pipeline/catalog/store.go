package catalog

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"citecheck/pipeline/cite"
)

// A Store keeps what was read of UN documents, in one SQLite file: documents
// with their facts and where each was read, paragraphs that can be searched,
// relations, and the pages themselves. Nothing is judged by it but what a page
// kept in it says, with the page as evidence: it can be deleted at any time,
// and is filled anew. Several processes may use one file at once. Its zero
// value is not usable; the methods of a nil Store do nothing.
type Store struct {
	path string
	db   *sql.DB

	mu  sync.Mutex
	bad error // the file was found damaged: nothing more is asked of it
}

// migrations bring a file from one version to the next, in order: the file
// carries the number of those that were made (user_version). One is never
// changed once it has gone out; the next one mends it.
var migrations = []string{schema1}

//go:embed schema1.sql
var schema1 string

// ErrNewer says that a file was written by a newer citecheck.
var ErrNewer = errors.New("the catalogue was written by a newer citecheck; delete it, or use that one")

const (
	busy     = 20 * time.Second // other processes' writes are waited for so long
	maxPages = 2 << 30          // bytes of kept pages; the oldest make room
)

// Open opens the catalogue at path, or makes it. A damaged file is set aside
// beside it and a new one is made; note says so, for people.
func Open(path string) (s *Store, note string, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, "", fmt.Errorf("the catalogue's folder: %w", err)
	}
	s, err = open(path)
	if err == nil || errors.Is(err, ErrNewer) || !damaged(err) {
		return s, "", err
	}
	aside, err := setAside(path)
	if err != nil {
		return nil, "", fmt.Errorf("the catalogue %s is damaged, and could not be set aside: %w; delete it", path, err)
	}
	if s, err = open(path); err != nil {
		return nil, "", err
	}
	if aside != "" {
		note = fmt.Sprintf("the catalogue %s was damaged; it lies in %s now, and a new one was begun", path, filepath.Base(aside))
	}
	return s, note, nil
}

func open(path string) (*Store, error) {
	if _, err := os.Stat(brokenMark(path)); err == nil {
		return nil, errBroken
	}
	// Each write is one transaction that takes the lock when it begins, so that
	// two processes wait for each other and never fail halfway. The file can be
	// made anew, so a power cut may cost the last writes, not the file.
	dsn := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}).String() +
		fmt.Sprintf("?_pragma=busy_timeout(%d)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=foreign_keys(1)&_txlock=immediate", busy.Milliseconds())
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(4)
	s := &Store{path: path, db: db}
	if err := s.migrate(); err != nil {
		db.Close()
		return nil, err
	}
	return s, nil
}

// migrate brings the file to this program's version; of two processes that
// come at once, the second finds it done.
func (s *Store) migrate() error {
	var version, tables int
	if err := s.db.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version > len(migrations) {
		return ErrNewer
	}
	if version == len(migrations) {
		// Reads the schema and a page of each table: what is badly damaged shows.
		return s.db.QueryRow("SELECT (SELECT count(*) FROM sqlite_schema) + (SELECT count(*) FROM (SELECT 1 FROM documents LIMIT 1)) + (SELECT count(*) FROM (SELECT 1 FROM paragraphs LIMIT 1)) + (SELECT count(*) FROM (SELECT 1 FROM pages LIMIT 1))").Scan(&tables)
	}
	tx, err := s.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := tx.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	for ; version < len(migrations); version++ {
		if _, err := tx.Exec(migrations[version]); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(fmt.Sprintf("PRAGMA user_version = %d", version)); err != nil {
		return err
	}
	return tx.Commit()
}

// Close closes the file.
func (s *Store) Close() error {
	if s == nil {
		return nil
	}
	return s.db.Close()
}

// Path is where the file lies.
func (s *Store) Path() string { return s.path }

var errBroken = errors.New("the catalogue was found damaged")

// damaged tells whether an error means that the file itself is broken.
func damaged(err error) bool {
	var e *sqlite.Error
	if errors.As(err, &e) {
		code := e.Code() & 0xff
		return code == sqlite3.SQLITE_CORRUPT || code == sqlite3.SQLITE_NOTADB
	}
	return errors.Is(err, errBroken)
}

func brokenMark(path string) string { return path + ".broken" }

// failed looks at an error: damage that shows only in use is marked, so that
// the next run sets the file aside.
func (s *Store) failed(err error) error {
	if err == nil || !damaged(err) {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.bad == nil {
		s.bad = fmt.Errorf("the catalogue %s is damaged; the next run begins a new one: %w", s.path, err)
		os.WriteFile(brokenMark(s.path), nil, 0o600) // without it the next run sees the damage itself
	}
	return s.bad
}

func (s *Store) usable() error {
	if s == nil {
		return errors.New("there is no catalogue")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.bad
}

// setAside renames a damaged file, with what belongs to it. Of several
// processes that see the damage one does it; the others find it done.
func setAside(path string) (aside string, err error) {
	unlock, err := lockFile(path + ".lock")
	if err != nil {
		return "", err
	}
	defer unlock()
	if s, err := open(path); err == nil { // another process was faster
		return "", s.Close()
	} else if !damaged(err) {
		return "", err
	}
	for n := 1; ; n++ {
		aside = fmt.Sprintf("%s.damaged-%d", path, n)
		if _, err := os.Stat(aside); errors.Is(err, os.ErrNotExist) {
			break
		}
	}
	if err := os.Rename(path, aside); err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	for _, ext := range []string{"-wal", "-shm"} {
		if err := os.Rename(path+ext, aside+ext); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
	}
	if err := os.Remove(brokenMark(path)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	return aside, nil
}

// lockFile makes a file that only one process can make; one that was left
// behind a minute ago belongs to nobody.
func lockFile(path string) (unlock func(), err error) {
	for end := time.Now().Add(busy); ; time.Sleep(20 * time.Millisecond) {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o600)
		if err == nil {
			f.Close()
			return func() { os.Remove(path) }, nil
		}
		if !errors.Is(err, os.ErrExist) {
			return nil, err
		}
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > time.Minute {
			os.Remove(path)
		}
		if time.Now().After(end) {
			return nil, fmt.Errorf("%s is held by another process", path)
		}
	}
}

// write runs one transaction.
func (s *Store) write(do func(*sql.Tx) error) error {
	if err := s.usable(); err != nil {
		return err
	}
	tx, err := s.db.Begin()
	if err != nil {
		return s.failed(err)
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return s.failed(err)
	}
	return s.failed(tx.Commit())
}

// Remember keeps a document. What is already known of it and is not said
// anew stays; facts and paragraphs of the same source are replaced.
func (s *Store) Remember(d cite.Document) error {
	if d.Symbol.IsZero() {
		return errors.New("a document without a symbol can't be kept")
	}
	return s.write(func(tx *sql.Tx) error {
		id, err := putDocument(tx, d)
		if err != nil {
			return err
		}
		for _, a := range d.Aliases {
			if _, err := tx.Exec("INSERT OR IGNORE INTO aliases(alias, document) VALUES (?, ?)", a, id); err != nil {
				return err
			}
		}
		if err := putFacts(tx, id, d); err != nil {
			return err
		}
		if err := putParagraphs(tx, id, d); err != nil {
			return err
		}
		return putRelations(tx, d)
	})
}

func putDocument(tx *sql.Tx, d cite.Document) (id int64, err error) {
	err = tx.QueryRow(`
INSERT INTO documents(symbol, printed, body, series, number, year, date, issued, title, topic, meeting, press, vote, session, agenda, job, last, preambular, recognized)
VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
ON CONFLICT(symbol) DO UPDATE SET
  printed = coalesce(nullif(excluded.printed, ''), printed), body = coalesce(nullif(excluded.body, ''), body), series = coalesce(nullif(excluded.series, ''), series),
  number = coalesce(nullif(excluded.number, 0), number), year = coalesce(nullif(excluded.year, 0), year),
  date = coalesce(nullif(excluded.date, ''), date), issued = coalesce(nullif(excluded.issued, ''), issued),
  title = coalesce(nullif(excluded.title, ''), title), topic = coalesce(nullif(excluded.topic, ''), topic), meeting = coalesce(nullif(excluded.meeting, ''), meeting),
  press = coalesce(nullif(excluded.press, ''), press), vote = coalesce(nullif(excluded.vote, ''), vote), session = coalesce(nullif(excluded.session, ''), session),
  agenda = coalesce(nullif(excluded.agenda, ''), agenda), job = coalesce(nullif(excluded.job, ''), job),
  last = CASE WHEN ? THEN excluded.last ELSE last END, preambular = CASE WHEN ? THEN excluded.preambular ELSE preambular END,
  recognized = CASE WHEN ? THEN excluded.recognized ELSE recognized END
RETURNING id`,
		d.Symbol.String(), d.Printed, d.Body, d.Series, d.Number, d.Year, d.Date.String(), d.Issued.String(), d.Title, d.Topic, d.Meeting, d.Press, d.Vote, d.Session, d.Agenda, d.Job, d.Last, d.Preambular, d.OCR,
		len(d.Paragraphs) > 0, len(d.Paragraphs) > 0, len(d.Paragraphs) > 0).Scan(&id)
	return id, err
}

// sourceID is the row of a source, which is made when it is new.
func sourceID(tx *sql.Tx, x cite.Source) (id int64, err error) {
	err = tx.QueryRow(`INSERT INTO sources(name, url, fetched, sha256, warc) VALUES (?,?,?,?,?)
ON CONFLICT(name, url, sha256) DO UPDATE SET fetched = excluded.fetched, warc = excluded.warc RETURNING id`, x.Name, x.URL, x.Fetched, x.SHA256, x.WARC).Scan(&id)
	return id, err
}

func putFacts(tx *sql.Tx, id int64, d cite.Document) error {
	cleared := map[string]bool{}
	for _, f := range d.Facts {
		src, err := sourceID(tx, f.Evidence.Source)
		if err != nil {
			return err
		}
		if key := f.Evidence.Name + "\x00" + f.Evidence.URL; !cleared[key] {
			cleared[key] = true
			if _, err := tx.Exec("DELETE FROM facts WHERE document = ? AND source IN (SELECT id FROM sources WHERE name = ? AND url = ?)", id, f.Evidence.Name, f.Evidence.URL); err != nil {
				return err
			}
		}
		if _, err := tx.Exec("INSERT INTO facts(document, field, value, firsthand, place, quote, source) VALUES (?,?,?,?,?,?,?)",
			id, string(f.Field), f.Value, f.Primary, f.Evidence.Place, f.Evidence.Quote, src); err != nil {
			return err
		}
	}
	return nil
}

func putParagraphs(tx *sql.Tx, id int64, d cite.Document) error {
	if len(d.Paragraphs) == 0 {
		return nil
	}
	if _, err := tx.Exec("DELETE FROM paragraphs WHERE document = ?", id); err != nil {
		return err
	}
	put, err := tx.Prepare("INSERT INTO paragraphs(document, place, n, kind, label, page, text) VALUES (?,?,?,?,?,?,?)")
	if err != nil {
		return err
	}
	defer put.Close()
	for i, p := range d.Paragraphs {
		if _, err := put.Exec(id, i, p.N, p.Kind, p.Label, p.Page, p.Text); err != nil {
			return err
		}
	}
	return nil
}

// putRelations keeps what a document's symbol and its text say of others.
func putRelations(tx *sql.Tx, d cite.Document) error {
	from := d.Symbol.String()
	if to, relation := modifies(d.Symbol); relation != "" {
		if _, err := tx.Exec("INSERT OR IGNORE INTO relations(origin, relation, target, place) VALUES (?,?,?,'')", from, relation, to); err != nil {
			return err
		}
	}
	if len(d.Refers) == 0 {
		return nil
	}
	if len(d.Paragraphs) > 0 {
		if _, err := tx.Exec("DELETE FROM relations WHERE origin = ? AND relation = 'refers'", from); err != nil {
			return err
		}
	}
	for _, r := range d.Refers {
		if _, err := tx.Exec("INSERT OR IGNORE INTO relations(origin, relation, target, place) VALUES (?,'refers',?,?)", from, r.Symbol.String(), r.Place); err != nil {
			return err
		}
	}
	return nil
}

// modifies is the document that another changes, by its symbol: the last
// modifier says how, the rest is what.
func modifies(s cite.Symbol) (target, relation string) {
	if s.Modifier() == "" {
		return "", ""
	}
	text := s.String()
	i := strings.LastIndexByte(text, '/')
	if i < 0 {
		return "", ""
	}
	switch mod := text[i+1:]; {
	case strings.HasPrefix(mod, "Rev"):
		relation = "revises"
	case strings.HasPrefix(mod, "Corr"):
		relation = "corrects"
	case strings.HasPrefix(mod, "Add"):
		relation = "adds_to"
	default:
		return "", ""
	}
	return text[:i], relation
}

// Document is what is kept of one document, by its symbol or an alias.
func (s *Store) Document(ctx context.Context, symbol cite.Symbol) (cite.Document, bool, error) {
	if err := s.usable(); err != nil {
		return cite.Document{}, false, err
	}
	var id int64
	err := s.db.QueryRowContext(ctx, "SELECT id FROM documents WHERE symbol = ?1 UNION ALL SELECT document FROM aliases WHERE alias = ?1 LIMIT 1", symbol.String()).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return cite.Document{}, false, nil
	}
	if err != nil {
		return cite.Document{}, false, s.failed(err)
	}
	d, err := s.document(ctx, id)
	return d, err == nil, s.failed(err)
}
