package main

import (
	"strings"
	"testing"
)

func TestNoteLines(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"plain lines", "S/2023/402.\nIbid.\n", "1|S/2023/402.\n2|Ibid."},
		{"no last line end", "S/2023/402.\nIbid.", "1|S/2023/402.\n2|Ibid."},
		{"an empty line is an empty note", "S/2023/402.\n\nIbid.\n", "1|S/2023/402.\n2|\n3|Ibid."},
		{"a list set with space", "A/1/2.\n\nA/3/4.\n\nA/5/6.\n", "1|A/1/2.\n2|A/3/4.\n3|A/5/6."},
		{"byte order mark and CRLF", "\ufeffS/2023/402.\r\nIbid.\r\n", "1|S/2023/402.\n2|Ibid."},
		{"line ends of old Macs", "S/2023/402.\rIbid.\r", "1|S/2023/402.\n2|Ibid."},
		{"UTF-16", "\xff\xfeI\x00b\x00i\x00d\x00.\x00\n\x00\x1c\x20A\x00\x1d\x20", "1|Ibid.\n2|“A”"},
		{"printed numbers", "12. S/2023/402.\n13. Ibid.\n", "12|S/2023/402.\n13|Ibid."},
		{"one printed number", "12. S/2023/402.", "12|S/2023/402."},
		{"numbers in brackets", "[1] S/2023/402.\n[2] Ibid.", "1|S/2023/402.\n2|Ibid."},
		{"round brackets", "(1) S/2023/402.\n(2) Ibid.", "1|S/2023/402.\n2|Ibid."},
		{"Markdown", "[^1]: S/2023/402.\n[^2]: Ibid.", "1|S/2023/402.\n2|Ibid."},
		{"raised figures", "¹² S/2023/402.\n¹³ Ibid.", "12|S/2023/402.\n13|Ibid."},
		{"numbered notes over several lines", "1. UN Security Council,\nS/2023/402.\n\n2. Ibid.\n", "1|UN Security Council, S/2023/402.\n2|Ibid."},
		{"numbers out of order stay lines", "3. S/2023/402.\n1. Ibid.\nS/2023/403.", "3|S/2023/402.\n1|Ibid.\n3|S/2023/403."},
		{"no number", "12 U.S.C. § 5.\n1325 (2000).", "1|12 U.S.C. § 5.\n2|1325 (2000)."},
		{"bullets", "• S/2023/402.\n• Ibid.", "1|S/2023/402.\n2|Ibid."},
		{"dashes on all lines", "- S/2023/402.\n- Ibid.", "1|S/2023/402.\n2|Ibid."},
		{"a note labelled with a star", "* The authors thank all.\nS/2023/402.", "1|* The authors thank all.\n2|S/2023/402."},
		{"a cell in quotation marks", "\"S/2023/402, para. 5\"\nIbid.", "1|S/2023/402, para. 5\n2|Ibid."},
		{"marks and a line break inside a cell", "\"Ann Petrov, \"\"Quiet Exits,\"\"\nReuters, July 15, 2022\"\nIbid.", "1|Ann Petrov, \"Quiet Exits,\" Reuters, July 15, 2022\n2|Ibid."},
		{"a note that begins with a title", "\"Quiet Exits,\" Reuters, July 15, 2022.\n\"Loud Exits,\" Reuters, July 16, 2022.", "1|\"Quiet Exits,\" Reuters, July 15, 2022.\n2|\"Loud Exits,\" Reuters, July 16, 2022."},
		{"a mark without partner", "\"Quiet Exits, Reuters.\nIbid.", "1|\"Quiet Exits, Reuters.\n2|Ibid."},
		{"a column of numbers", "7\tS/2023/402.\n8\tIbid.", "7|S/2023/402.\n8|Ibid."},
		{"a spreadsheet with tabs", "no\tpage\ttext\n7\t2\tS/2023/402.\n8\t2\t\"Ibid.,\npara. 3\"", "7|S/2023/402.\n8|Ibid., para. 3"},
		{"a file of values parted by commas", "note,text\n7,\"S/2023/402, para. 5\"\n8,Ibid.\n", "7|S/2023/402, para. 5\n8|Ibid."},
		{"values parted by commas without headings", "7,\"S/2023/402, para. 5\"\n8,Ibid.\n", "7|S/2023/402, para. 5\n8|Ibid."},
		{"commas of notes", "S/2023/402, para. 5\nS/2023/403, para. 6", "1|S/2023/402, para. 5\n2|S/2023/403, para. 6"},
		{"spaces of all kinds", "  S/2023/402,\u00a0para.\t5 \n", "1|S/2023/402, para. 5"},
		{"nothing", "", ""},
		{"a mark alone", "\"", "1|\""},
	} {
		var got []string
		for _, l := range noteLines([]byte(tt.in)) {
			got = append(got, l.label+"|"+l.text)
		}
		if g := strings.Join(got, "\n"); g != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, g, tt.want)
		}
	}
}
