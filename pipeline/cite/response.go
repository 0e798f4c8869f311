package cite

// A Response is one answer of a server, or of an archive in its stead.
type Response struct {
	Source
	Status      int
	ContentType string
	Body        []byte
	Challenged  bool // a bot wall's answer: it says nothing of the document
}

// A Failure is why no answer was had. Kind is one word for programs, Reason a
// sentence for people.
type Failure struct {
	Kind   string // "offline", "dns", "tls", "timeout", "refused", "throttled", "forbidden", "robots", "truncated", "too-large", "policy"
	Reason string
}

func (f *Failure) Error() string { return f.Reason }
