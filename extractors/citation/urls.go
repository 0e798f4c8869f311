package citation

import (
	"net/url"
	"strings"

	"citecheck/pipeline/cite"
)

// addressAt is the web address that the slash at byte i belongs to: after a
// scheme, or the name of a host.
func addressAt(s string, slash int) (stretch, bool) {
	from := slash
	switch {
	case slash > 4 && s[slash-1] == ':' && slash+1 < len(s) && s[slash+1] == '/':
		from = slash - 1
		for from > 0 && isAlpha(s[from-1]) {
			from--
		}
		if scheme := strings.ToLower(s[from : slash-1]); scheme != "http" && scheme != "https" && scheme != "ftp" {
			return stretch{}, false
		}
	default:
		from = hostBefore(s, slash)
		if from < 0 {
			return stretch{}, false
		}
	}
	return stretch{from, addressEnd(s, from)}, true
}

// Endings of hosts that addresses without a scheme are recognised by.
var hostEndings = map[string]bool{"org": true, "com": true, "int": true, "net": true, "edu": true, "gov": true, "info": true, "eu": true, "cc": true,
	"io": true, "uk": true, "fr": true, "de": true, "ch": true, "es": true, "ca": true, "nl": true, "no": true, "se": true, "be": true, "at": true, "it": true, "us": true, "au": true, "ly": true}

// hostBefore is where a host's name that ends at byte i begins, -1 where
// none does.
func hostBefore(s string, i int) int {
	k := i
	for k > 0 && i-k < 64 && (isAlnum(s[k-1]) || s[k-1] == '.' || s[k-1] == '-') {
		k--
	}
	host := s[k:i]
	dot := strings.LastIndexByte(host, '.')
	if dot <= 0 || !hostEndings[host[dot+1:]] || k > 0 && (s[k-1] == '/' || s[k-1] == '@') {
		return -1
	}
	return k
}

// longestAddress bounds an address; longer ones are data.
const longestAddress = 2000

// addressEnd is the end of the address that begins at byte i: it runs to the
// next white space, without the punctuation and the bracket of the sentence.
func addressEnd(s string, i int) int {
	end := i
	open := 0
loop:
	for end < len(s) && end-i < longestAddress {
		switch c := s[end]; {
		case c <= ' ' || c == '<' || c == '>' || c == '"' || c == '{' || c == '}' || c == '[' || c == ']' || c == '|' || c == '\\':
			break loop
		case c == '(':
			open++
		case c == ')':
			if open == 0 {
				break loop
			}
			open--
		case c >= 0x80:
			r := runeAt(s, end)
			if !isWord(r) && dashAt(s, end) == 0 {
				break loop
			}
		}
		end++
	}
	for end > i && strings.IndexByte(".,;:!?'", s[end-1]) >= 0 {
		end--
	}
	// "https://undocs.org/S/RES/2423 (2018)"
	if strings.Contains(strings.ToUpper(s[i:end]), "/S/RES/") && end+1 < len(s) && s[end] == ' ' && s[end+1] == '(' {
		if y, e := plainYearAt(s, end+2); y > 0 && e < len(s) && s[e] == ')' && isDigit(s[end-1]) {
			return e + 1
		}
	}
	return end
}

// symbolOfURL is the document that an address of the UN's document system,
// of its press service or of a site that keeps its resolutions leads to.
func symbolOfURL(address string) (cite.Symbol, bool) {
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	u, err := url.Parse(strings.ReplaceAll(address, " ", "%20"))
	if err != nil {
		return cite.Symbol{}, false
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	query := u.Query()
	path := strings.Trim(u.Path, "/")
	switch {
	case host == "undocs.org" || host == "docs.un.org":
		for _, key := range []string{"FinalSymbol", "finalsymbol", "symbol", "s"} {
			if v := query.Get(key); v != "" {
				return parsePath(v)
			}
		}
		return parsePath(path)
	case host == "documents.un.org" || host == "daccess-ods.un.org" || host == "daccess-dds-ny.un.org" || host == "un.org":
		for _, key := range []string{"symbol", "s", "DS", "ds", "Symbol"} {
			if v := query.Get(key); v != "" {
				return parsePath(v)
			}
		}
	case host == "digitallibrary.un.org":
		if v := query.Get("p"); v != "" {
			return parsePath(strings.Trim(strings.TrimPrefix(strings.TrimPrefix(v, "symbol:"), "191__a:"), `"'`))
		}
		if i := strings.LastIndexByte(path, '/'); strings.Contains(path, "/files/") {
			return fileSymbol(path[i+1:])
		}
	case host == "press.un.org":
		return pressSymbol(path)
	case host == "unscr.com":
		parts := strings.Split(path, "/")
		return parseSymbolOK("S/RES/" + parts[len(parts)-1])
	case host == "securitycouncilreport.org":
		return councilReportSymbol(path)
	}
	if strings.HasPrefix(path, "press/") || strings.HasPrefix(path, "News/Press/") {
		return pressSymbol(path)
	}
	return cite.Symbol{}, false
}

func parseSymbolOK(text string) (cite.Symbol, bool) {
	sym, err := cite.ParseSymbol(text)
	return sym, err == nil
}

// parsePath reads a symbol with at most a language, "pdf" or the like before
// it and an old edition's mark after it.
func parsePath(path string) (cite.Symbol, bool) {
	path = strings.Trim(path, "/ ")
	for n := 0; n < 3; n++ {
		if syms, err := cite.ParseJoint(path); err == nil {
			return syms[0], true
		}
		first, rest, ok := strings.Cut(path, "/")
		if !ok || len(first) > 4 || first != strings.ToLower(first) && first != "DOCS" {
			break
		}
		path = rest
	}
	return cite.Symbol{}, false
}

// fileSymbol reads the names of the UN library's files: "S_RES_2423-EN.pdf",
// "S_2023_402-EN.pdf".
func fileSymbol(name string) (cite.Symbol, bool) {
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".pdf"), ".docx")
	if i := strings.LastIndexByte(name, '-'); i > 0 && len(name)-i == 3 {
		name = name[:i]
	}
	return parseSymbolOK(strings.ReplaceAll(name, "_", "/"))
}

// pressSymbol reads "en/2018/sc13400.doc.htm".
func pressSymbol(path string) (cite.Symbol, bool) {
	name := path[strings.LastIndexByte(path, '/')+1:]
	name, _, _ = strings.Cut(name, ".")
	n := 0
	for n < len(name) && isAlpha(name[n]) {
		n++
	}
	if n == len(name) || !digitsOnly(name[n:]) {
		return cite.Symbol{}, false
	}
	series := strings.ToUpper(name[:n])
	for _, two := range []string{"SGSM", "DSGSM", "SGA", "SGT", "GADIS", "GAEF", "GASHC", "GAAB", "GASPD", "GAL"} {
		if series == two {
			for _, first := range []string{"DSG", "SG", "GA"} {
				if rest, ok := strings.CutPrefix(series, first); ok {
					series = first + "/" + rest
					break
				}
			}
			break
		}
	}
	return parseSymbolOK(series + "/" + name[n:])
}

// councilReportSymbol reads "un-documents/document/s-res-2423.php" and
// "s_res_2423.pdf"; its names for other documents are irregular.
func councilReportSymbol(path string) (cite.Symbol, bool) {
	name := strings.ToLower(path[strings.LastIndexByte(path, '/')+1:])
	name, _, _ = strings.Cut(name, ".")
	name = strings.ReplaceAll(name, "_", "-")
	for _, row := range [][2]string{{"s-res-", "S/RES/"}, {"s-pv-", "S/PV."}} {
		if n, ok := strings.CutPrefix(strings.TrimPrefix(name, "un-"), row[0]); ok && digitsOnly(n) {
			return parseSymbolOK(row[1] + n)
		}
	}
	if rest, ok := strings.CutPrefix(name, "s-prst-"); ok {
		return parseSymbolOK("S/PRST/" + strings.ReplaceAll(rest, "-", "/"))
	}
	return cite.Symbol{}, false
}
