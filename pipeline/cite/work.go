package cite

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode"
)

// ID is the work's node id: "work:" and 16 hex digits of the SHA-256 of its
// folded first author, title and year, so that the same work cited twice is
// one node. What has none of the three is told apart by the text as printed.
func (w Work) ID() string {
	author, year := "", ""
	if len(w.Author) > 0 {
		author = w.Author[0].Family + w.Author[0].Literal
	}
	if w.Issued != nil && len(w.Issued.DateParts) > 0 && len(w.Issued.DateParts[0]) > 0 {
		year = strconv.Itoa(w.Issued.DateParts[0][0])
	}
	key := fold(author) + "\x00" + fold(w.Title) + "\x00" + year
	if fold(w.Title) == "" {
		key += "\x00" + fold(w.ContainerTitle+w.Note+w.URL)
	}
	sum := sha256.Sum256([]byte(key))
	return "work:" + hex.EncodeToString(sum[:8])
}

// fold keeps letters and digits, in lower case.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
