package catalog

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"io"
	"os"

	"citecheck/pipeline/cite"
)

// Pages keeps the answers of servers between runs, in the same file.
type Pages struct{ s *Store }

// Pages are the pages of a store.
func (s *Store) Pages() Pages { return Pages{s} }

// mostPage bounds what one kept answer may unpack to.
const mostPage = 128 << 20

// Recall is the newest answer that was kept for an address.
func (p Pages) Recall(address string) (cite.Kept, bool) {
	if p.s.usable() != nil {
		return cite.Kept{}, false
	}
	k := cite.Kept{URL: address}
	var packed []byte
	var size int64
	if err := p.s.db.QueryRow("SELECT fetched, record, size, message FROM pages WHERE url = ?", address).Scan(&k.Fetched, &k.ID, &size, &packed); err != nil {
		p.s.failed(err) // marked where it is damage; no row is no answer
		return cite.Kept{}, false
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return cite.Kept{}, false
	}
	// The checksum at the end of the stream tells a damaged answer.
	if k.Message, err = io.ReadAll(io.LimitReader(z, mostPage+1)); err != nil || int64(len(k.Message)) != size || z.Close() != nil {
		return cite.Kept{}, false
	}
	return k, true
}

// Remember keeps an answer in place of older ones for its address.
func (p Pages) Remember(k cite.Kept) error {
	if len(k.Message) > mostPage {
		return nil
	}
	var packed bytes.Buffer
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestSpeed) // the level is a good one
	z.Write(k.Message)                                   // a buffer takes all
	z.Close()
	return p.s.write(func(tx *sql.Tx) error {
		if _, err := tx.Exec(`INSERT INTO pages(url, fetched, record, size, message) VALUES (?,?,?,?,?)
ON CONFLICT(url) DO UPDATE SET fetched = excluded.fetched, record = excluded.record, size = excluded.size, message = excluded.message WHERE excluded.fetched >= fetched`,
			k.URL, k.Fetched, k.ID, len(k.Message), packed.Bytes()); err != nil {
			return err
		}
		return prune(tx, maxPages)
	})
}

// prune forgets the oldest answers until what is left fits.
func prune(tx *sql.Tx, most int64) error {
	for {
		var total int64
		if err := tx.QueryRow("SELECT coalesce(sum(size), 0) FROM pages").Scan(&total); err != nil || total <= most {
			return err
		}
		r, err := tx.Exec("DELETE FROM pages WHERE url = (SELECT url FROM pages ORDER BY fetched, url LIMIT 1)")
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return err
		}
	}
}

func fileSize(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}
