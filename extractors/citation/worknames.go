package citation

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"citecheck/pipeline/cite"
)

// creators reads what stands before a title: authors, or editors where "eds."
// says so.
func creators(before string) (authors, editors []cite.Name) {
	s := strings.TrimRight(before, " ,:;(—–")
	for _, lead := range []string{" in", ", in"} {
		s = strings.TrimSuffix(s, lead)
	}
	s = dropRoles(s)
	low := strings.TrimRight(lower(s), " .,)")
	for _, mark := range []string{" (eds", " (ed", ", eds", ", ed", " eds", " (editors", ", editors", " (dir", ", dir", " (coord", ", coord"} {
		if strings.HasSuffix(low, mark) {
			return nil, names(s[:len(low)-len(mark)])
		}
	}
	return names(s), nil
}

// dropRoles takes brackets off names: "David R. Boyd (Special Rapporteur)";
// an abbreviation of a body too.
func dropRoles(s string) string {
	for {
		open := strings.IndexByte(s, '(')
		if open < 1 || editorMark(strings.Trim(s[open:], "( ).,")) {
			return s
		}
		end := closeOf(s, open)
		if end < 0 {
			return s
		}
		s = strings.TrimRight(s[:open], " ") + s[end:]
	}
}

// names reads authors: persons as their parts, bodies as they are.
func names(s string) []cite.Name {
	s = strings.Trim(s, " ,:;")
	low := strings.TrimRight(lower(s), " .")
	for _, mark := range []string{" et al", " and others", " et autres", " y otros", " and colleagues", " et alii"} {
		if strings.HasSuffix(low, mark) {
			s = strings.TrimRight(s[:len(low)-len(mark)], " ,&")
			break
		}
	}
	switch strings.TrimRight(low, ".") {
	case "", "idem", "id", "ibid", "see", "in", "anonymous":
		return nil
	}
	if inverted(s) {
		return invertedNames(s)
	}
	var out []cite.Name
	for i, p := range nameParts(s) {
		switch {
		case suffix(p):
			continue
		case person(p) && !institution(p):
			out = append(out, personName(p))
		case i == 0 && len(nameParts(s)) == 1 && utf8.RuneCountInString(p) > 1:
			return []cite.Name{{Literal: p}}
		case len(out) > 0 && surname(p):
			out = append(out, cite.Name{Family: uncap(p)})
		default:
			// "Ministry of Territorial Administration and Decentralization":
			// a body's name holds its own "and" and comma.
			if len(out) > 0 && !institution(p) {
				continue // a role: "Jean Dupont, Minister"
			}
			return []cite.Name{{Literal: s}}
		}
	}
	if len(out) == 0 {
		return []cite.Name{{Literal: s}}
	}
	return out
}

// nameParts divides a list of names.
func nameParts(s string) []string {
	var out []string
	from := 0
	cut := func(to, next int) {
		if p := strings.Trim(s[from:to], " ,;."); p != "" {
			out = append(out, p)
		}
		from = next
	}
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == ',' || s[i] == ';':
			cut(i, i+1)
		case s[i] == ' ':
			for _, w := range []string{" and ", " & ", " et ", " y ", " und ", " e ", " AND "} {
				if strings.HasPrefix(s[i:], w) {
					cut(i, i+len(w)-1)
					break
				}
			}
		case strings.HasPrefix(s[i:], "and ") && i == from, strings.HasPrefix(s[i:], "& ") && i == from:
			from = i + strings.IndexByte(s[i:], ' ')
		}
	}
	cut(len(s), len(s))
	for i, p := range out {
		out[i] = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(p, "and "), "& "), "et ")
	}
	return out
}

// inverted tells whether a list of names begins with a family name: "Smith,
// J.", "Albrecht, Peter, and Signe Cold-Ravnkilde."
func inverted(s string) bool {
	first, rest, ok := strings.Cut(s, ",")
	if !ok || !surname(first) {
		return false
	}
	given, _, _ := strings.Cut(strings.TrimSpace(rest), ",")
	given, _, _ = strings.Cut(given, " and ")
	given, _, _ = strings.Cut(given, " & ")
	fields := strings.Fields(given)
	if len(fields) == 0 || len(fields) > 3 || suffix(fields[0]) {
		return false
	}
	for _, f := range fields {
		if !initials(f) && !strings.HasSuffix(s, ".") || !unicode.IsUpper(runeAt(f, 0)) {
			if len(fields) == 1 || !initials(fields[0]) {
				return false
			}
		}
	}
	return initials(fields[0]) || strings.HasSuffix(strings.TrimSpace(s), ".")
}

// initials tells whether a word is a given name cut short: "J.", "J-M.".
func initials(s string) bool {
	if !strings.HasSuffix(s, ".") || len(s) > 8 {
		return false
	}
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			letters++
		}
	}
	return letters <= 1 && unicode.IsUpper(runeAt(s, 0))
}

func invertedNames(s string) []cite.Name {
	var out []cite.Name
	list := nameTokens(s)
	for i := 0; i < len(list); i++ {
		p := list[i]
		if suffix(strings.TrimRight(p, ".")) || editorMark(p) {
			continue
		}
		if surname(p) && i+1 < len(list) && !surnameOnly(list[i+1]) {
			given := strings.TrimSpace(list[i+1])
			if fields := strings.Fields(given); !initials(fields[len(fields)-1]) {
				given = strings.TrimRight(given, ".")
			}
			out = append(out, cite.Name{Family: uncap(p), Given: given})
			i++
			continue
		}
		if person(strings.TrimRight(p, ".")) {
			out = append(out, personName(strings.TrimRight(p, ".")))
			continue
		}
		out = append(out, cite.Name{Family: uncap(strings.TrimRight(p, "."))})
	}
	return out
}

// surnameOnly tells whether the next part is another author's family name and
// not this one's given names.
func surnameOnly(s string) bool {
	return len(strings.Fields(s)) > 1 && !initials(strings.Fields(s)[0]) && !strings.HasSuffix(s, ".")
}

func nameTokens(s string) []string {
	var out []string
	for _, part := range strings.Split(s, ",") {
		for _, p := range strings.Split(strings.ReplaceAll(part, " & ", " and "), " and ") {
			p = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(p), "and ")), "& "))
			if p != "" {
				out = append(out, p)
			}
		}
	}
	return out
}

func suffix(s string) bool {
	switch strings.TrimRight(s, ".") {
	case "JR", "SR", "Jr", "Sr", "II", "III", "IV", "PhD", "MD", "Ph.D":
		return true
	}
	return false
}

// surname tells whether a part can be a family name alone.
func surname(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 4 || strings.ContainsAny(s, "0123456789/:\"“”()") {
		return false
	}
	n := 0
	for _, w := range words {
		if particle[strings.ToLower(w)] {
			continue
		}
		if !nameLike(w) || institutionWord[strings.ToLower(w)] {
			return false
		}
		n++
	}
	return n == 1 || n == 2 && len(words) == 2
}

// person tells whether text can be a person's name: two to seven words, with
// capitals but for particles, and no figures.
func person(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 7 || strings.ContainsAny(s, "0123456789/:\"“”?!") {
		return false
	}
	names := 0
	for i, w := range words {
		r := runeAt(w, 0)
		switch {
		case particle[strings.ToLower(w)] && !(i == 0 && unicode.IsUpper(r)): // "Bin Cheng"
		case !nameLike(w):
			return false
		default:
			names++
		}
	}
	return names >= 2 || names == 1 && len(words) > 2
}

// isPerson tells whether text is a person's name and no body's.
func isPerson(s string) bool { return person(s) && !institution(s) && !titleWords(s) }

// titleWords tells whether words in capitals are those of titles rather than
// of names.
func titleWords(s string) bool {
	found := false
	eachWord(s, func(w string) bool {
		low := strings.ToLower(w)
		found = found || titleWord[low]
		return !found
	})
	return found
}

var titleWord = wordSet("the of in on for to at by from with under against between into what who why how when is are and report resolution statement history law rights war wars peacekeeping peace conflict crisis international treaties treaty investment human mining development policy politics theory principles guide handbook introduction sovereign immunity climate trade dispute settlement arbitration legitimate expectations protection civilians mandate operations mission missions concessions judgment judgement indictment brief award decision declaration convention covenant charter agreement constitution protocol geneva appeal trial chamber article rule section chapter annex")

// isAuthor tells whether a part can be an author beyond doubt: persons, or a
// body.
func isAuthor(s string) bool {
	if institution(s) {
		return !strings.ContainsAny(s, "0123456789") && len(strings.Fields(s)) < 12
	}
	for _, p := range nameParts(s) {
		if !isPerson(strings.TrimSuffix(p, " et al")) && !surname(strings.TrimSuffix(p, " et al")) {
			return false
		}
	}
	return isPerson(nameParts(s + " ")[0]) || strings.HasSuffix(s, "et al.") || strings.HasSuffix(s, "et al")
}

// authorParts is how many of the parts are authors.
func authorParts(ps []string) int {
	n := 0
	for n < len(ps)-1 {
		p := strings.TrimPrefix(strings.TrimPrefix(ps[n], "and "), "& ")
		if n == 0 && institution(p) && !strings.ContainsAny(p, "0123456789") {
			return 1
		}
		ok := true
		for _, one := range nameParts(p) {
			ok = ok && (person(one) && !institution(one) && (!titleWords(one)) || suffix(one))
		}
		if !ok && n == 0 && strings.HasSuffix(p, "et al.") {
			ok = true
		}
		if !ok {
			break
		}
		n++
		for n < len(ps)-1 && suffix(ps[n]) {
			n++ // "OLIVER WENDELL HOLMES, JR., THE COMMON LAW"
		}
		if strings.HasPrefix(ps[n-1], "and ") || strings.HasPrefix(ps[n-1], "& ") || strings.Contains(p, " and ") || strings.Contains(p, " & ") {
			break // the last of a list
		}
		// A single name may be followed by a title that looks like one; a
		// list of several ends with "and".
		if n == 1 && !listGoesOn(ps[1:]) {
			break
		}
	}
	return n
}

// listGoesOn tells whether names go on until one with "and".
func listGoesOn(ps []string) bool {
	for _, p := range ps {
		and := strings.HasPrefix(p, "and ") || strings.HasPrefix(p, "& ") || strings.Contains(p, " & ") || strings.Contains(p, " and ")
		for _, one := range nameParts(p) {
			if !isPerson(one) {
				return false
			}
		}
		if and {
			return true
		}
	}
	return false
}

// personName parts a name: the family name is the last word with the
// particles before it.
func personName(s string) cite.Name {
	words := strings.Fields(strings.Trim(s, " ,"))
	if n := len(words); n > 2 && suffix(words[n-1]) {
		words = words[:n-1]
	}
	k := len(words) - 1
	if last := words[k]; k > 0 && len(last) < 3 && allUpper(last) && !suffix(last) && len(words[0]) > 2 { // "Hale M": OSCOLA's bibliography
		return cite.Name{Family: uncap(strings.Join(words[:k], " ")), Given: last}
	}
	for k > 1 && particle[strings.ToLower(words[k-1])] {
		k--
	}
	if k == 1 && particle[words[0]] && len(words) == 2 {
		k = 0
	}
	return cite.Name{Given: uncap(strings.Join(words[:k], " ")), Family: uncap(strings.Join(words[k:], " "))}
}

// uncap sets names in small capitals as usual: "LORENZO COTULA".
func uncap(s string) string {
	if strings.ToUpper(s) != s || utf8.RuneCountInString(s) < 3 || strings.Count(s, ".")*2 >= len(s)-strings.Count(s, " ") {
		return s
	}
	start := true
	return strings.Map(func(r rune) rune {
		was := start
		start = !unicode.IsLetter(r)
		if was {
			return r
		}
		return unicode.ToLower(r)
	}, s)
}

var particle = wordSet("van von der den de del della di da dos du la le el al bin ibn bint ould ter ten af zu zum zur des het do das ben abu st")

// nameLike tells whether a word begins as names do: with a capital, be it one
// behind a particle that is written together with it, "al-Khatib", "d’Almeida".
func nameLike(w string) bool {
	if unicode.IsUpper(runeAt(w, 0)) {
		return true
	}
	for _, mark := range []string{"-", "’", "'", "‐", "‑"} {
		if before, after, ok := strings.Cut(w, mark); ok && (particle[before] || tiedParticle[before]) {
			return unicode.IsUpper(runeAt(after, 0))
		}
	}
	return false
}

// tiedParticle are those that stand only before a hyphen or an apostrophe.
var tiedParticle = wordSet("d l dell dall nell sant t n as ash ad ar an az ul ur un ben bar at abd")

// institution tells whether a name is a body's and not a person's.
func institution(s string) bool {
	found := false
	n := 0
	eachWord(s, func(w string) bool {
		n++
		var buf [32]byte
		low := w
		if len(w) <= len(buf) && isASCII(w) {
			for i := 0; i < len(w); i++ {
				buf[i] = w[i]
				if isUpper(w[i]) {
					buf[i] += 'a' - 'A'
				}
			}
			found = institutionWord[string(buf[:len(w)])]
			return !found
		}
		low = strings.ToLower(w)
		found = institutionWord[low]
		return !found
	})
	if found {
		return true
	}
	// "UNEP", "NUPI": an abbreviation in capitals.
	return n == 1 && len(s) >= 2 && len(s) <= 12 && strings.ToUpper(s) == s && unicode.IsUpper(runeAt(s, 0))
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

var institutionWord = wordSet("institute institut instituto institution institutions ministry ministère ministerio department département departamento office bureau oficina agency agence agencia committee comité commission comisión council conseil consejo center centre centro foundation fondation fundación fund bank " +
	"banque banco university université universidad college school group groupe grupo organization organisation organización organizations association asociación society société union unión network réseau project programme program government gouvernement gobierno secretariat secretary-general watch international internacional forum federation " +
	"coalition alliance initiative academy service mission nations authority assembly parliament court tribunal embassy command party panel board unit division amnesty oxfam unicef médecins rand stimson brookings house press observatory observatoire observatorio confederation corporation consortium " +
	"company inc ltd llc secretaría présidence presidency republic république república state states executive directorate directorate-general team task force human rights law firm think tank affairs studies research security council archive archives library library museum clinic " +
	"un united inst int'l int’l dep't dep’t comm'n comm’n org nat'l nat’l off ctr envoy delegation réseau ngo ngos fédération red cross crescent unctad unep undp oecd osce nato ecowas")

// pressHouse tells whether a publisher is one of books.
func pressHouse(s string) bool {
	return wordIn(s, "press") || wordIn(s, "books") || wordIn(s, "publishers") || wordIn(s, "publishing") || wordIn(s, "routledge") || wordIn(s, "springer") || wordIn(s, "palgrave") || wordIn(s, "brill") || wordIn(s, "elgar") || wordIn(s, "kluwer") || wordIn(s, "macmillan") || wordIn(s, "academic") || wordIn(s, "éditions") || wordIn(s, "karthala") || wordIn(s, "l'harmattan") || wordIn(s, "presses")
}

// pressName tells whether a container is a newspaper, an agency or a
// broadcaster.
func pressName(s string) bool {
	if s == "" || len(s) > 90 {
		return false
	}
	found := false
	eachWord(s, func(w string) bool {
		found = found || pressWord[strings.ToLower(w)] && unicode.IsUpper(runeAt(w, 0))
		return !found
	})
	if !found {
		low := lower(s)
		for _, name := range []string{"associated press", "agence france", "al jazeera", "le monde", "le figaro", "jeune afrique", "el país", "el pais", "der spiegel", "foreign policy", "foreign affairs", "deutsche welle", "voice of america", "new humanitarian", "new yorker", "the atlantic", "the independent", "france 24", "radio france", "radio okapi",
			"all africa", "the conversation", "just security", "middle east eye", "the star", "the sun", "la nación", "the nation", "the east african", "sahara reporters", "maliweb", "studio tamani", "business day", "financial times", "new republic", "the citizen", "mail & guardian", "globe and mail", "la croix", "la presse", "the hill"} {
			if strings.Contains(low, name) {
				return true
			}
		}
	}
	return found && !(wordIn(s, "university") || wordIn(s, "institute") || wordIn(s, "centre") || wordIn(s, "journal") && !strings.Contains(s, "Wall Street"))
}

var pressWord = wordSet("reuters afp bbc cnn aljazeera times post guardian herald tribune gazette daily news libération rfi bloomberg economist xinhua tass newspaper politico telegraph observer courier mail chronicle examiner dispatch voa dw npr allafrica passblue devex irin newsweek nyt " +
	"tv television ledger inquirer bulletin-news punch standard newsroom euronews axios buzzfeed vox slate vanguard monitor mirror argus sentinel nouvelles noticias jornal zeitung spiegel haaretz dawn aljazeera.com reliefweb buzz ap abc cbs nbc pbs wsj wapo anadolu interfax kyodo ansa efe upi")

// city tells whether a name is one of the places where publishers and bodies
// sit.
func city(s string) bool {
	s, _, _ = strings.Cut(s, "/")
	s, _, _ = strings.Cut(s, ", ")
	s, _, _ = strings.Cut(s, " and ")
	return cities[lower(strings.Trim(s, " ,.;"))]
}

var cities = func() map[string]bool {
	m := map[string]bool{}
	for _, c := range strings.Split("london paris new york geneva oxford cambridge brussels washington washington dc tokyo vienna berlin rome nairobi dakar bamako addis ababa the hague stockholm oslo copenhagen bonn madrid bogotá bogota mexico city johannesburg pretoria cape town abuja lagos accra cairo beirut amman jerusalem tel aviv istanbul ankara moscow beijing delhi new delhi singapore jakarta bangkok sydney melbourne canberra ottawa toronto montreal boston chicago princeton new haven baltimore philadelphia berkeley los angeles san francisco stanford boulder dordrecht leiden boston/leiden amsterdam antwerp heidelberg frankfurt munich hamburg zürich zurich bern lausanne milan florence turin lisbon dublin edinburgh manchester basingstoke aldershot cheltenham farnham abingdon houndmills bruxelles genève londres nueva york ginebra kinshasa bangui juba khartoum kampala kigali bujumbura ouagadougou niamey n'djamena abidjan freetown monrovia tripoli tunis rabat algiers mogadishu port-au-prince lima santiago buenos aires são paulo rio de janeiro brasília quito caracas havana la habana san josé kyiv warsaw prague budapest belgrade sarajevo zagreb pristina helsinki", " ") {
		m[c] = true
	}
	// Names of several words.
	for _, c := range []string{"new york", "washington dc", "washington, dc", "washington", "washington d.c", "addis ababa", "the hague", "mexico city", "cape town", "tel aviv", "new delhi", "los angeles", "san francisco", "new haven", "nueva york", "buenos aires", "são paulo", "la habana", "san josé", "port-au-prince", "la haye", "la haya"} {
		m[c] = true
	}
	for _, c := range []string{"new", "the", "city", "town", "ababa", "hague", "tel", "la", "de", "san", "los", "dc", "são", "rio", "buenos", "aires", "cape", "mexico", "york", "delhi", "haven", "janeiro", "angeles", "addis"} {
		delete(m, c)
	}
	return m
}()

// thesisWord tells whether a part names a thesis.
func thesisWord(s string) bool {
	return wordIn(s, "thesis") || wordIn(s, "dissertation") || strings.Contains(s, "PhD diss") || strings.Contains(s, "Ph.D. diss") || wordIn(s, "thèse") || wordIn(s, "tesis") || strings.Contains(s, "diss.")
}
