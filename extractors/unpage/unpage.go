// Package unpage reads the UN's web pages: which documents a page lists or
// describes, and what it says of them. One file a site. It knows layouts; it
// never asks anyone, and it does not know which page answers what.
package unpage

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html/charset"

	"citecheck/pipeline/cite"
)

// ErrNoReader says that no reader knows an address.
var ErrNoReader = errors.New("no reader for this site")

// ErrDrift says that a page no longer has the layout that its reader knows:
// nothing can be concluded from it.
var ErrDrift = errors.New("layout changed: no row matched")

// maxPage bounds a page; the longest yearly table is under 1 MiB.
const maxPage = 32 << 20

// A Row is one line of a page, as it is printed there.
type Row struct {
	Symbol  string `json:"symbol"`
	Date    string `json:"date"` // ISO
	Meeting string `json:"meeting"`
	Press   string `json:"press_release"`
	Title   string `json:"title"`
	Topic   string `json:"topic"`
	Vote    string `json:"vote"`
	Outcome string `json:"outcome"` // the whole outcome cell
}

// A Page is what a page says.
type Page struct {
	Site      string
	Year      int             // of a yearly table
	Complete  bool            // the table is whole: what it lacks did not happen in that year
	Rows      []Row           // in the page's order
	Documents []cite.Document // the same, as documents, where a row names one
	Problems  []cite.Problem
}

// A site is one reader.
type site struct {
	name string
	fits func(*url.URL) bool
	read func(u *url.URL, doc *goquery.Document) (Page, error)
}

var sites = []site{dhl}

// Read reads a page with the reader of its address.
func Read(address, contentType string, body []byte) (Page, error) {
	u, err := url.Parse(address)
	if err != nil {
		return Page{}, fmt.Errorf("%q: %w", address, ErrNoReader)
	}
	for _, s := range sites {
		if !s.fits(u) {
			continue
		}
		if len(body) > maxPage {
			return Page{}, fmt.Errorf("the page is larger than %d MiB", maxPage>>20)
		}
		if len(bytes.TrimSpace(body)) == 0 {
			return Page{Site: s.name}, fmt.Errorf("%s: the page is empty: %w", u.Path, ErrDrift)
		}
		r, err := charset.NewReader(bytes.NewReader(body), contentType)
		if err != nil {
			return Page{}, err
		}
		doc, err := goquery.NewDocumentFromReader(r)
		if err != nil {
			return Page{}, err
		}
		p, err := s.read(u, doc)
		p.Site = s.name
		return p, err
	}
	return Page{}, fmt.Errorf("%s: %w", u.Host, ErrNoReader)
}

// text is what a selection shows, with single spaces.
func text(s *goquery.Selection) string { return clean(s.Text()) }

func clean(s string) string { return strings.Join(strings.Fields(s), " ") }
