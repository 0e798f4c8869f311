// Command unreplica serves a stand-in for the UN's hosts on this machine, and
// prints the flags that send citecheck to it. It ends with an interrupt, and
// then prints what was asked for.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"citecheck/pipeline/fetch/replica"
)

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "unreplica:", err)
		os.Exit(1)
	}
}

const usage = `unreplica serves stand-ins for the UN's hosts on this machine, with true facts and
made-up text, and prints the flags that send citecheck to them.

  unreplica                               as the hosts are
  unreplica --fault F14                   every host refuses (403)
  unreplica --fault ods=F40,press=F10     one sends a placeholder, one has had too many requests

Behaviours seen most: F05 no such page (404), F10 too many requests (429), F14
forbidden (403), F15 a bot wall, F20 a head that drips, F33 a closed connection,
F36 an error page that says 200, F39 another document, F40 the document system's
placeholder. pipeline/fetch/replica/faults.go has all of them.

`

func serve() error {
	faults := flag.String("fault", "", "how sites misbehave: SITE=F14, or F14 for all; several after commas")
	slow := flag.Duration("slow", 50*time.Millisecond, "how long an answer takes")
	flag.Usage = func() {
		fmt.Fprint(flag.CommandLine.Output(), usage)
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() > 0 {
		return fmt.Errorf("%s: it takes no report. Start it, then run citecheck with the flags that it prints", flag.Arg(0))
	}
	var names []string
	for _, site := range replica.Sites {
		names = append(names, site.Name)
	}
	bad := map[string]string{}
	for _, f := range strings.FieldsFunc(*faults, func(r rune) bool { return r == ',' }) {
		site, id, ok := strings.Cut(f, "=")
		if !ok {
			site, id = "", f
		}
		if ok && !slices.Contains(names, site) {
			return fmt.Errorf("--fault %s: the sites are %s", f, strings.Join(names, ", "))
		}
		if replica.Faults[id] == nil {
			return fmt.Errorf("--fault %s: the behaviours are %s", f, strings.Join(replica.Names(), " "))
		}
		bad[site] = id
	}
	s := &replica.Server{Slow: *slow, Fault: func(site, _ string, _ int) string {
		if id, ok := bad[site]; ok {
			return id
		}
		return bad[""]
	}}
	if err := s.Start(); err != nil {
		return err
	}
	defer s.Close()
	fmt.Println("The UN's hosts are served here. Ask them in place of the real ones with:")
	fmt.Println()
	fmt.Println("  citecheck check " + strings.Join(s.Flags(), " ") + " REPORT.pdf")
	fmt.Println()
	fmt.Println("Their facts are true; the text of their documents was made up. Ctrl-C ends.")
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	<-ctx.Done()
	for _, a := range s.Log() {
		fmt.Printf("%s  %-8s %s %s\n", a.Start.Format("15:04:05.000"), a.Site, a.Path, a.Fault)
	}
	return nil
}
