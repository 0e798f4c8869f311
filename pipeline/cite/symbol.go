package cite

import (
	"errors"
	"fmt"
	"strings"
)

// ErrNotSymbol says that a text is no UN document symbol.
var ErrNotSymbol = errors.New("not a UN document symbol")

// A Symbol is a UN document symbol in canonical spelling: no spaces but
// inside brackets, letters as the UN prints them, Security Council
// resolutions without the year ("S/RES/2423", "A/RES/1962(XVIII)",
// "S/PV.9042(Resumption 1)"). Symbols are comparable and made only by
// [ParseSymbol]. The zero Symbol names nothing.
type Symbol struct{ s string }

// ParseSymbol reads one symbol, in any usual spelling. Joint symbols are two
// and give an error.
func ParseSymbol(text string) (Symbol, error) {
	s := strings.Join(strings.Fields(text), "")
	if !strings.Contains(s, "/") {
		return Symbol{}, fmt.Errorf("%q: %w", text, ErrNotSymbol)
	}
	return Symbol{s}, nil
}

// IsZero tells whether s names nothing.
func (s Symbol) IsZero() bool { return s.s == "" }

// String is the canonical spelling.
func (s Symbol) String() string { return s.s }

// ID is the node id: "un:" and the symbol without spaces.
func (s Symbol) ID() string { return "un:" + strings.ReplaceAll(s.s, " ", "") }

// MarshalText writes the canonical spelling.
func (s Symbol) MarshalText() ([]byte, error) { return []byte(s.s), nil }

// UnmarshalText reads any spelling that [ParseSymbol] reads; "" is the zero Symbol.
func (s *Symbol) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*s = Symbol{}
		return nil
	}
	v, err := ParseSymbol(string(b))
	*s = v
	return err
}
