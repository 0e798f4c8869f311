package notes

import (
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

// Sentences cuts a paragraph into sentences: spans of code points, in order,
// without the white space between them. The list of abbreviations is English,
// French and Spanish; the rest holds for any script with . ! ? or their twins.
func Sentences(text string) []cite.Span {
	r := []rune(text)
	var out []cite.Span
	start := skipSpace(r, 0)
	for i := start; i < len(r); i++ {
		if !isStop(r[i]) {
			continue
		}
		end := i + 1
		for end < len(r) && (isStop(r[end]) || closes(r[end])) {
			end++
		}
		next := skipSpace(r, end)
		if next < len(r) && !ends(r, start, i, end, next) {
			i = end - 1
			continue
		}
		out = append(out, cite.Span{Start: start, End: end})
		start = next
		i = next - 1
	}
	if start < len(r) {
		end := len(r)
		for end > start && unicode.IsSpace(r[end-1]) {
			end--
		}
		out = append(out, cite.Span{Start: start, End: end})
	}
	return out
}

func skipSpace(r []rune, i int) int {
	for i < len(r) && unicode.IsSpace(r[i]) {
		i++
	}
	return i
}

func isStop(r rune) bool { return strings.ContainsRune(".!?…。！？؟۔", r) }

func closes(r rune) bool { return strings.ContainsRune("\"'”’»›)]}」』", r) }

// ends decides about the stop at i: the sentence began at start, the stop and
// what closes after it end at end, the next word begins at next.
func ends(r []rune, start, i, end, next int) bool {
	if next == end && !strings.ContainsRune("。！？", r[i]) {
		return false // nothing parts them: "3.5", "S/PV.9365", "un.org"
	}
	n := r[next]
	for k := next; k < len(r) && strings.ContainsRune("\"'“‘«‹([¿¡", n); {
		k++
		if k < len(r) {
			n = r[k]
		}
	}
	if unicode.IsLower(n) || r[i] == '.' && (n == '.' || spacedDots(r, start, i) == 3) {
		return false
	}
	if r[i] != '.' {
		return true
	}
	word := wordBefore(r, start, i)
	if i+1 < end && closes(r[i+1]) && r[i+1] != ')' && r[i+1] != ']' {
		// a stop inside quotation marks ends, unless it is an abbreviation's;
		// “there are no.” is a word, not that of numbers
		return !abbreviations[strings.ToLower(word)] || strings.ToLower(word) == "no" && !unicode.IsDigit(n)
	}
	switch {
	case word == "":
		return true
	case abbreviations[strings.ToLower(word)]:
		return false
	case beforeNumber[strings.ToLower(word)] && unicode.IsDigit(n):
		return false
	case len([]rune(word)) == 1 && unicode.IsUpper([]rune(word)[0]):
		return false // an initial: "J. Smith"
	case strings.Contains(word, "."): // "U.N.", "e.g.": ends only before a word that begins sentences
		return sentenceStarts[strings.ToLower(wordAt(r, next))]
	}
	return true
}

// spacedDots counts the dots of ". . ." up to the one at i: three leave
// something out, a fourth ends the sentence.
func spacedDots(r []rune, start, i int) int {
	n := 1
	for i-2 >= start && unicode.IsSpace(r[i-1]) && r[i-2] == '.' && n < 5 {
		n, i = n+1, i-2
	}
	return n
}

// wordBefore is the word that the stop at i ends, inner stops included.
func wordBefore(r []rune, start, i int) string {
	k := i
	for k > start && (unicode.IsLetter(r[k-1]) || unicode.IsDigit(r[k-1]) || r[k-1] == '.' || r[k-1] == 'º' || r[k-1] == '°') {
		k--
	}
	return string(r[k:i])
}

func wordAt(r []rune, i int) string {
	k := i
	for k < len(r) && unicode.IsLetter(r[k]) {
		k++
	}
	return string(r[i:k])
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var (
	// abbreviations never end a sentence by themselves.
	abbreviations = set(`para paras doc docs no nos mr mrs ms dr prof gen lt col maj capt sgt brig adm amb hon rev st sr jr messrs mme mlle
		art arts sect sects ch chap chaps vol vols res ed eds cf vs v viz ibid op cit loc fig figs tab app annex.no pt pts p pp n nn fn ff
		supp suppl add corr e.g i.e u.s u.n u.k e.u a.u jan feb mar apr jun jul aug sept sep oct nov dec approx est dept univ inc ltd co corp gov sen rep
		núm nums núms párr párrs pág págs cap ap n.º n° nº al etc.al sra ud uds av janv févr avr juil déc éd ex
		г гг см ср им тыс млн млрд руб напр т.е т.д т.п др проф ген bzw vgl usw z.b d.h u.a s.o`)
	// beforeNumber are those only before a number.
	beforeNumber = set(`no nos art sec cl rule reg ph par pars п пп ст с стр гл т ч № s abs nr z kap`)
	// sentenceStarts are words that seldom stand in the middle of a sentence with a capital.
	sentenceStarts = set(`the a an in on at it its this these those there they he she we as for from by with but and however while when after before although since
		le la les un une des en au aux il elle ce cette el los las una este esta`)
)

// quotations lists what stands between quotation marks in a sentence.
func quotations(s string) []string {
	out := []string{}
	r := []rune(s)
	unclosed := map[rune]bool{} // openers that nothing closes any more: looked for once
	for i := 0; i < len(r); i++ {
		closer, ok := openers[r[i]]
		if !ok || unclosed[r[i]] {
			continue
		}
		if r[i] == '\'' && !(opensHere(r, i)) {
			continue
		}
		if r[i] == '"' && i > 0 && !unicode.IsSpace(r[i-1]) && !strings.ContainsRune("([—–-", r[i-1]) {
			continue
		}
		opener := r[i]
		unclosed[opener] = true
		for j := i + 1; j < len(r); j++ {
			if !strings.ContainsRune(closer, r[j]) {
				continue
			}
			if (r[j] == '’' || r[j] == '\'') && j+1 < len(r) && unicode.IsLetter(r[j+1]) {
				continue // an apostrophe
			}
			if q := strings.TrimSpace(string(r[i+1 : j])); q != "" {
				out = append(out, q)
			}
			unclosed[opener] = false
			i = j
			break
		}
	}
	return out
}

func opensHere(r []rune, i int) bool {
	return (i == 0 || unicode.IsSpace(r[i-1]) || strings.ContainsRune("([—–", r[i-1])) && i+1 < len(r) && unicode.IsLetter(r[i+1])
}

var openers = map[rune]string{'“': "”", '‘': "’", '"': "\"", '\'': "'", '«': "»", '„': "“”", '‹': "›", '「': "」"}

// years lists the four-digit years of a sentence that stand as words.
func years(s string) []int {
	out := []int{}
	r := []rune(s)
	for i := 0; i+4 <= len(r); i++ {
		if !unicode.IsDigit(r[i]) {
			continue
		}
		j := i
		n := 0
		for j < len(r) && r[j] >= '0' && r[j] <= '9' {
			n = min(n*10+int(r[j]-'0'), 99999)
			j++
		}
		left := i == 0 || !unicode.IsLetter(r[i-1]) && r[i-1] != '/' && r[i-1] != '.' && r[i-1] != ','
		right := j == len(r) || !unicode.IsLetter(r[j]) && r[j] != '/' && !(r[j] == ',' && j+1 < len(r) && unicode.IsDigit(r[j+1]))
		if r[min(j, len(r)-1)] == 's' && j+1 <= len(r) {
			right = false // "the 1990s" names no year
		}
		if j-i == 4 && left && right && n >= 1900 && n <= 2100 {
			out = append(out, n)
		}
		i = j
	}
	return out
}
