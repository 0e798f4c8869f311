package queue

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// A Server is a queue of one machine, without another program to install.
type Server struct{ s *server.Server }

// Serve starts a server that listens at address ("127.0.0.1:4222") and keeps
// its queue in dir. It syncs every write before it acknowledges it: what was
// queued survives the loss of power.
func Serve(address, dir string) (*Server, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		return nil, fmt.Errorf("%s: a port is a number", address)
	}
	if n == 0 {
		n = server.RANDOM_PORT
	}
	return serve(&server.Options{ServerName: "citecheck", Host: host, Port: n, JetStream: true, StoreDir: dir, SyncAlways: true, NoSigs: true})
}

func serve(o *server.Options) (*Server, error) {
	s, err := server.NewServer(o)
	if err != nil {
		return nil, err
	}
	s.Start()
	if !s.ReadyForConnections(10 * time.Second) {
		s.Shutdown()
		return nil, errors.New("the server did not start in 10 seconds: is its address in use?")
	}
	return &Server{s}, nil
}

// URL is where to dial.
func (s *Server) URL() string { return s.s.ClientURL() }

// Close ends the server; what is queued stays in its folder.
func (s *Server) Close() {
	s.s.Shutdown()
	s.s.WaitForShutdown()
}
