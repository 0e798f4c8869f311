package pdf

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// An engine is the compiled PDFium, ready to make instances. It lives as long
// as the process: compiling, even from the cache, costs far more than a page.
type engine struct {
	pool   pdfium.Pool
	memory uint32 // limit of an instance, pages of 64 KiB
}

var engines = struct {
	sync.Mutex
	byConfig map[engineConfig]*engine
}{byConfig: map[engineConfig]*engine{}}

type engineConfig struct {
	cacheDir string
	memory   uint32
}

// Warm starts the engine that [Read] will use with opt, so that a process can
// pay for it before its clock starts.
func Warm(opt Options) error {
	_, err := start(opt.withDefaults())
	return err
}

// start returns the engine for opt, compiling it on first use.
func start(opt Options) (*engine, error) {
	key := engineConfig{opt.CacheDir, opt.MemoryPages}
	engines.Lock()
	defer engines.Unlock()
	if e := engines.byConfig[key]; e != nil {
		return e, nil
	}
	pool, err := compile(opt)
	if err != nil && opt.CacheDir != "" {
		// A damaged cache must not keep everything from being read.
		forget(opt.CacheDir)
		pool, err = compile(opt)
	}
	if err != nil {
		return nil, fmt.Errorf("PDF engine does not start: %w", err)
	}
	e := &engine{pool: pool, memory: opt.MemoryPages}
	engines.byConfig[key] = e
	return e, nil
}

// compile makes the machine code of PDFium, or takes it from the cache.
func compile(opt Options) (pdfium.Pool, error) {
	ctx := withOwnMemory(context.Background())
	// Compiling is the one step that may use both cores: it happens once a
	// machine.
	ctx = experimental.WithCompilationWorkers(ctx, 2)
	conf := wazero.NewRuntimeConfigCompiler().
		// PDFium's setjmp needs the exception instructions.
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(opt.MemoryPages).
		WithDebugInfoEnabled(false)
	if cache := openCache(opt.CacheDir); cache != nil {
		conf = conf.WithCompilationCache(cache)
	}
	return webassembly.Init(webassembly.Config{
		Context:       ctx,
		MaxTotal:      64,                   // documents read at once; far more than any machine has cores
		FSConfig:      wazero.NewFSConfig(), // no files: the default would mount "/"
		RuntimeConfig: conf,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
		RandomSource:  zeros{},
	})
}

// forget deletes the machine code kept in dir, and nothing else there.
func forget(dir string) {
	kept, _ := filepath.Glob(filepath.Join(dir, "wazero-*")) // the pattern is sound
	for _, k := range kept {
		_ = os.RemoveAll(k) // what stays is met again, and told then
	}
}

// openCache returns the compilation cache in dir, or nil: without one the
// engine is compiled anew, which is slow and not wrong.
func openCache(dir string) wazero.CompilationCache {
	if dir == "" || os.MkdirAll(dir, 0o700) != nil {
		return nil
	}
	cache, err := wazero.NewCompilationCacheWithDir(dir)
	if err != nil {
		return nil
	}
	return cache
}

// zeros is PDFium's source of randomness: it needs it only to write new file
// identifiers, and reading must give the same answer every time.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// instance makes a fresh PDFium with memory of its own.
func (e *engine) instance() (pdfium.Pdfium, error) {
	inst, err := e.pool.GetInstance(time.Minute)
	if err != nil {
		return nil, fmt.Errorf("PDF engine does not start: %w", err)
	}
	return inst, nil
}

// A guest calls PDFium's exported functions directly: go-pdfium's own methods
// cost several allocations a glyph. It reaches them by reflection on the
// implementation of go-pdfium (its version is pinned; where the shape is
// another, direct answers nil and the structured text takes over).
//
// Its error is sticky: after a trap every call answers 0, so that a loop may
// look once at its end.
type guest struct {
	ctx     context.Context
	lookup  reflect.Value // method Fn(name)
	fns     map[string]caller
	mem     memory
	stack   [16]uint64
	scratch uint32 // 64 bytes of guest memory for out-parameters
	buf     uint32 // guest buffer for strings
	err     error
}

const guestBuf = 4096 // bytes at guest.buf; longer names and labels are cut

// caller is what the guest's functions can do.
type caller interface {
	CallWithStack(ctx context.Context, stack []uint64) error
}

// memory is what is needed of the guest's memory.
type memory interface {
	Size() uint32
	Read(offset, byteCount uint32) ([]byte, bool)
	ReadUint32Le(offset uint32) (uint32, bool)
	ReadUint64Le(offset uint32) (uint64, bool)
	Write(offset uint32, v []byte) bool
}

// direct returns the guest inside inst, or nil where go-pdfium's
// implementation does not have the shape that is known here.
func direct(inst pdfium.Pdfium) (g *guest) {
	defer func() {
		if recover() != nil { // reflection on an unknown shape
			g = nil
		}
	}()
	impl := reflect.ValueOf(inst.GetImplementation())
	ctx, ok := impl.Elem().FieldByName("Context").Interface().(context.Context)
	if !ok {
		return nil
	}
	mem, ok := reflect.ValueOf(impl.Elem().FieldByName("Module").Interface()).
		MethodByName("Memory").Call(nil)[0].Interface().(memory)
	if !ok {
		return nil
	}
	g = &guest{ctx: ctx, lookup: impl.MethodByName("Fn"), mem: mem, fns: map[string]caller{}}
	g.scratch = uint32(g.call(g.fn("malloc"), 64+guestBuf))
	g.buf = g.scratch + 64
	if g.err != nil || g.scratch == 0 {
		return nil
	}
	return g
}

// fn returns an exported function.
func (g *guest) fn(name string) caller {
	if f, ok := g.fns[name]; ok {
		return f
	}
	f, _ := g.lookup.Call([]reflect.Value{reflect.ValueOf(name)})[0].Interface().(caller)
	g.fns[name] = f
	return f
}

// call calls f with raw WebAssembly values and answers its raw result.
func (g *guest) call(f caller, args ...uint64) uint64 {
	if g.err != nil {
		return 0
	}
	if f == nil {
		g.err = fmt.Errorf("PDF engine lacks a function")
		return 0
	}
	n := copy(g.stack[:], args)
	clear(g.stack[n:])
	if err := f.CallWithStack(g.ctx, g.stack[:]); err != nil {
		g.err = err
		return 0
	}
	return g.stack[0]
}

// f32 reads the i-th 32-bit float of the scratch space.
func (g *guest) f32(i uint32) float64 {
	v, _ := g.mem.ReadUint32Le(g.scratch + 4*i)
	return float64(math.Float32frombits(v))
}

// f64 reads the i-th 64-bit float of the scratch space.
func (g *guest) f64(i uint32) float64 {
	v, _ := g.mem.ReadUint64Le(g.scratch + 8*i)
	return math.Float64frombits(v)
}

// full tells whether the guest used up its memory: the reason of nearly
// every trap.
func (g *guest) full(limit uint32) bool {
	return uint64(g.mem.Size()) > uint64(limit)<<16*9/10
}
