package pdf

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"fayi/judging"
)

// What a document may cost.
const (
	MaxBytes  = 256 << 20  // of a file
	MaxPages  = 2000       // of a file
	MaxPixels = 32_000_000 // of one page as a picture

	maxMemory = 4096 // pages of 64 KiB: 256 MiB for one open document
	maxOpen   = 4    // documents open at once; the next one waits

	// One operation may take leastTime and perMiB for each MiB of the file, but not more than maxTime.
	leastTime, perMiB, maxTime = 6 * time.Second, 2 * time.Second, 60 * time.Second
)

// Config is what an Engine needs from outside.
type Config struct {
	// folder for the compiled machine (about 21 MB), made when missing; "" compiles at every start, which takes
	// some seconds
	Cache string
	Fonts string // folder of fonts for documents that bring none of their own; "" has none. See SystemFonts
}

// SystemFonts returns the folder in which this kind of computer keeps its fonts.
func SystemFonts() string {
	switch runtime.GOOS {
	case "windows":
		return filepath.Join(os.Getenv("WINDIR"), "Fonts")
	case "darwin":
		return "/System/Library/Fonts"
	}
	return "/usr/share/fonts"
}

// Engine opens documents. It starts at the first of them: 0.1 s with a warm cache, 3 s without. Its methods may be
// called from many goroutines.
type Engine struct {
	config Config

	mu     sync.Mutex
	pool   pdfium.Pool
	cache  wazero.CompilationCache
	closed bool
}

// NewEngine returns an engine that has not started yet. Close it.
func NewEngine(c Config) *Engine { return &Engine{config: c} }

// Config is what the engine was made with.
func (e *Engine) Config() Config { return e.config }

// Close stops the engine; documents still open fail from then on. Later calls of Open fail with Unavailable.
func (e *Engine) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	if e.pool == nil {
		return nil
	}
	err := e.pool.Close()
	if e.cache != nil {
		e.cache.Close(context.Background())
	}
	e.pool = nil
	return err
}

// Start starts the engine now, which leaves the compiled machine in its cache. Errors: Unavailable.
func (e *Engine) Start() error {
	_, err := e.start()
	return err
}

func (e *Engine) start() (pdfium.Pool, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil, judging.Fail(judging.Unavailable, "pdf.no_engine", nil)
	}
	if e.pool != nil {
		return e.pool, nil
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context: bounded(context.Background()),
		MaxIdle: 1, MaxTotal: maxOpen,
		FSConfig: e.fonts(), RuntimeConfig: e.machine(),
		Stdout: io.Discard, Stderr: io.Discard,
		RandomSource: steady{}, // the same copy from the same file
	})
	if err != nil {
		return nil, judging.Fail(judging.Unavailable, "pdf.no_engine", nil).Because(err)
	}
	e.pool = pool
	return pool, nil
}

func (e *Engine) machine() wazero.RuntimeConfig {
	// PDFium leaves broken documents by exceptions, which are no part of WebAssembly 2 as wazero counts it. The
	// flag may go when they are no longer experimental there: https://github.com/wazero/wazero/pull/2489
	c := wazero.NewRuntimeConfig().WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithCloseOnContextDone(true).WithMemoryLimitPages(maxMemory)
	if e.config.Cache == "" {
		return c
	}
	cache, err := wazero.NewCompilationCacheWithDir(e.config.Cache)
	if err != nil {
		return c // a folder that can't be written only costs time
	}
	e.cache = cache
	return c.WithCompilationCache(cache)
}

// fonts shows the machine one folder, to read, and no other file.
func (e *Engine) fonts() wazero.FSConfig {
	c := wazero.NewFSConfig()
	if info, err := os.Stat(e.config.Fonts); err != nil || !info.IsDir() {
		return c
	}
	return c.WithFSMount(fontDisk{os.DirFS(e.config.Fonts)}, "/")
}

// fontDisk is a disk on which there is one folder, where PDFium looks for fonts. PDFium finds it from the root only.
type fontDisk struct{ fonts fs.FS }

// Open opens the folder, or what is in it.
func (d fontDisk) Open(name string) (fs.File, error) {
	const place = "usr/share/fonts"
	inner, ok := strings.CutPrefix(name, place+"/")
	switch {
	// it asks for the folders above, but does not read them
	case name == place, slices.Contains([]string{".", "usr", "usr/share"}, name):
		return d.fonts.Open(".")
	case ok:
		return d.fonts.Open(inner)
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// steady is a source of numbers that are always the same.
type steady struct{}

func (steady) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(i*37 + 11)
	}
	return len(p), nil
}
