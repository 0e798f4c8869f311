package citation

// mostDamaged bounds how many damaged symbols of one text get suggestions,
// which cost a thousand times what reading a good one costs.
const mostDamaged = 24

// scanStart holds the bytes at which a mention may be seen: the slash of a
// symbol or an address, and the first letters of the words before a number.
var scanStart = func() (t [256]byte) {
	t['/'] = 1
	for c := range nameIndex {
		if len(nameIndex[c]) > 0 {
			t[c] = 2
			if isLower(byte(c)) {
				t[c-'a'+'A'] = 2
			}
		}
	}
	t['m'], t['M'] = 3, 3
	return t
}()

// scan finds the mentions of UN documents in a text, in order and without
// overlap, and the web addresses. Running text is read more strictly than
// notes: nothing damaged, nothing undecided. own is whose document the text is,
// nil for a report.
func scan(s string, running bool, own *owner) (out []mention, urls []stretch) {
	hurt := 0
	out = make([]mention, 0, min(2+len(s)/96, 4096))
	done := 0 // everything before is read
	keep := func(m *mention) {
		out = append(out, *m)
		// "UN Doc." of a symbol may have been read with what stands before.
		if m := &out[len(out)-1]; m.from < done {
			m.from = min(done, m.at.from)
		}
		done = max(done, m.to)
	}
	for i := 0; i < len(s); i++ {
		switch scanStart[s[i]] {
		case 0:
			continue
		case 1:
			if u, ok := addressAt(s, i); ok {
				urls = append(urls, u)
				if sym, ok := symbolOfURL(s[u.from:u.to]); ok && !running && u.from >= done {
					keep(&mention{stretch: u, at: u, kind: byURL, sym: sym, url: s[u.from:u.to]})
				}
				done = max(done, u.to)
				i = u.to - 1
				continue
			}
			if i < done {
				continue
			}
			m, ok := mention{}, false
			if hurt < mostDamaged {
				m, ok = symbolAt(s, i, !running)
			} else {
				m, ok = symbolAt(s, i, false)
			}
			if !ok || m.at.from < done {
				continue
			}
			if m.kind == damaged {
				hurt++
				keep(&m)
				i = m.to - 1
				continue
			}
			spacedJoint(s, &m)
			if runs := records(&m); runs != nil {
				for k := range runs {
					keep(&runs[k])
				}
				more := moreRecords(s, &runs[len(runs)-1])
				for k := range more {
					keep(&more[k])
				}
			} else {
				keep(&m)
				if len(m.joint) == 0 {
					more := addenda(s, &m)
					if more == nil {
						more = moreRecords(s, &m)
					}
					for k := range more {
						keep(&more[k])
					}
				}
			}
			i = done - 1
		case 2:
			if i < done || i > 0 && isAlnum(s[i-1]) {
				continue
			}
			ms, end := namesAt(s, i, running, own)
			if end > i {
				for k := range ms {
					keep(&ms[k])
				}
				done = max(done, end)
				i = end - 1
			}
		case 3:
			if running || i < done || i == 0 || isAlnum(s[i-1]) {
				continue
			}
			if m, ok := meetingAt(s, i); ok && m.from >= done {
				keep(&m)
				i = m.to - 1
			}
		}
	}
	return dropBare(s, out), urls
}

// dropBare leaves out what is no more than a letter, a slash and up to three
// digits, but in a list of symbols.
func dropBare(s string, ms []mention) []mention {
	out := ms[:0]
	for i, m := range ms {
		if m.bare {
			after := i+1 < len(ms) && !ms[i+1].bare && ms[i+1].kind == bySymbol && inList(s, m.to, ms[i+1].from)
			before := len(out) > 0 && out[len(out)-1].kind == bySymbol && inList(s, out[len(out)-1].to, m.from)
			if !after && !before {
				continue
			}
		}
		out = append(out, m)
	}
	return out
}

// inList tells whether s[from:to] only parts two members of a list.
func inList(s string, from, to int) bool {
	if from > to {
		return false
	}
	next, _ := listSeparator(s, from)
	return next == to
}
