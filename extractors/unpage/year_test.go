package unpage

import (
	"errors"
	"strings"
	"testing"
)

// TestTableOfAnotherYear: a table that comes under the address of another year
// dates nothing.
func TestTableOfAnotherYear(t *testing.T) {
	whole := string(saved(t, "dhl_5_cells.html"))
	bare := strings.NewReplacer("in 2013", "of the Council").Replace(whole)
	const meetingsOnly = `<table class="tablefont"><tr><th colspan="5" class="tbltitle">Meetings conducted by the Security Council in 2013</th></tr>
<tr><td>S/PV.6952</td><td>25 April</td><td>SC/10987</td><td>The situation in Mali</td><td></td></tr></table>`
	for name, page := range map[string]string{"with its heading": whole, "without": bare, "of meetings without outcome": meetingsOnly} {
		p, err := Read(resguide+"scact2012_table_en.htm", "", []byte(page))
		if !errors.Is(err, ErrDrift) || !strings.Contains(err.Error(), "the table of 2013") || len(p.Documents) > 0 || p.Complete {
			t.Errorf("%s: %v, %d documents", name, err, len(p.Documents))
		}
		if _, err := Read(resguide+"scact2013_table_en.htm", "", []byte(page)); err != nil {
			t.Errorf("%s, under its own address: %v", name, err)
		}
	}
}
