package worker

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"
)

// A reader is a reading process as its parent sees it.
type reader struct {
	kind   process
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stdout *bufio.Reader
	stderr *tail
	fit    bool
	rest   *time.Timer // ends it when nobody needs it
}

// idle are the processes that wait for another document.
var idle struct {
	sync.Mutex
	readers []*reader
}

// idleFor is how long a process waits for another document.
const idleFor = 3 * time.Second

// Rest ends the processes that wait for another document, and waits for
// their end. It may be called at any time; a later Read starts anew.
func Rest() {
	idle.Lock()
	readers := idle.readers
	idle.readers = nil
	idle.Unlock()
	for _, r := range readers {
		r.rest.Stop()
		r.end()
	}
}

// take returns a process of this kind that waits, or starts one.
func take(kind process) (*reader, error) {
	idle.Lock()
	for i, r := range idle.readers {
		if r.kind == kind {
			idle.readers = append(idle.readers[:i], idle.readers[i+1:]...)
			idle.Unlock()
			r.rest.Stop() // if it fires now, it finds the process gone from the list
			return r, nil
		}
	}
	idle.Unlock()
	return startReader(kind)
}

// put lets a process wait for another document, if it is fit for one.
func (r *reader) put() {
	if !r.fit {
		r.end()
		return
	}
	idle.Lock()
	defer idle.Unlock()
	idle.readers = append(idle.readers, r)
	r.rest = time.AfterFunc(idleFor, r.retire)
}

// retire ends a process that has waited in vain.
func (r *reader) retire() {
	idle.Lock()
	found := false
	for i, other := range idle.readers {
		if other == r {
			idle.readers = append(idle.readers[:i], idle.readers[i+1:]...)
			found = true
			break
		}
	}
	idle.Unlock()
	if found {
		r.end()
	}
}

func startReader(kind process) (*reader, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self, childWord)
	cmd.Env = childEnv()
	cmd.Dir = os.TempDir() // keeps no folder of the user's busy
	r := &reader{kind: kind, cmd: cmd, stderr: &tail{max: 8 << 10}}
	cmd.Stderr = r.stderr
	ownGroup(cmd)
	// Whatever holds the pipes open after the end is given up.
	cmd.WaitDelay = 5 * time.Second
	if r.stdin, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	r.stdout = bufio.NewReaderSize(stdout, 64<<10)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return r, nil
}

// read sends the document and reads the answer.
func (r *reader) read(req request, data []byte, res *Result, lim Limits, alive func()) error {
	head, err := json.Marshal(req)
	if err != nil {
		return err
	}
	// Where writing fails the process is gone, and its end tells more.
	_, _ = r.stdin.Write(appendFrame(nil, frameRequest, head))
	_, _ = r.stdin.Write(data)
	a := answerReader{r: r.stdout, left: lim.Answer, alive: alive}
	err = a.read(res)
	r.fit = a.fit
	return err
}

// kill ends the process with all that it started.
func (r *reader) kill() { _ = endGroup(r.cmd) } // it may be gone already

// wait reaps the process.
func (r *reader) wait() error {
	_ = r.stdin.Close()
	return r.cmd.Wait()
}

// end lets a process go that has nothing more to do.
func (r *reader) end() {
	_ = r.stdin.Close() // it takes that as its cue
	slow := time.AfterFunc(10*time.Second, r.kill)
	_ = r.cmd.Wait()
	slow.Stop()
}
