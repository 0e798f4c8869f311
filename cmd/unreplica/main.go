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

func serve() error {
	faults := flag.String("fault", "", "how sites misbehave: SITE=F14, or F14 for all; several after commas ("+strings.Join(replica.Names(), " ")+")")
	slow := flag.Duration("slow", 50*time.Millisecond, "how long an answer takes")
	flag.Parse()
	bad := map[string]string{}
	for _, f := range strings.FieldsFunc(*faults, func(r rune) bool { return r == ',' }) {
		site, id, ok := strings.Cut(f, "=")
		if !ok {
			site, id = "", f
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
