package cite

import "time"

// A Request asks for one address.
type Request struct {
	URL     string
	MaxAge  time.Duration // of an answer that was kept; 0: only one of this run will do
	Instead bool          // another source was asked before and had no answer
}

// A Response is one answer of a server, or of an archive in its stead.
type Response struct {
	Source
	Status      int
	ContentType string
	Body        []byte
	Challenged  bool // a bot wall's answer: it says nothing of the document

	Unproven bool // nothing shows that all of it came: it may hold, but what it lacks proves nothing

	ETag, LastModified string // what the answer may be asked for again by
	Location           string // of a redirect
}

// A Kept is an answer as it is kept: the HTTP message itself, so that it can be
// read again and its hashes checked.
type Kept struct {
	URL     string // that was asked
	Fetched string // RFC 3339, UTC
	ID      string // of its record: "urn:uuid:…"
	Message []byte // status line, fields and body as they came, without transfer coding, cookies and tokens
}

// A Failure is why no answer was had. Kind is one word for programs, Reason a
// sentence for people.
type Failure struct {
	Kind   string // "offline", "interrupted", "dns", "no-host" (DNS says that there is no such name), "tls", "timeout", "refused", "resting", "throttled", "robots", "truncated", "too-large", "bomb", "coding", "policy"
	Reason string
}

func (f *Failure) Error() string { return f.Reason }
