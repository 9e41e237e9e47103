// Package papers makes ready what opens PDF files in processes of their own.
package papers

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"sync"

	"fayi/judging/media/pdf"
	"fayi/judging/worker"
)

const jobCompile = "papers.compile"

func init() {
	worker.Bounded(pdf.Starved)
	worker.Register(jobCompile, compile)
}

// compile starts an engine, which leaves the compiled machine in its cache.
func compile(_ context.Context, _ *os.File, raw json.RawMessage, _ io.Writer) (any, error) {
	var c pdf.Config
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, err
	}
	engine := pdf.NewEngine(c)
	defer engine.Close()
	return nil, engine.Start()
}

// compiled says for each cache that this program uses whether the machine is in it.
var (
	mu       sync.Mutex
	compiled = map[string]bool{}
)

// Config is how a process of its own opens PDF files. To compile the machine takes more memory than what a stranger
// sent may: before the first file of a program it is compiled into the cache, or found there. Where that fails, the
// files say so themselves.
func Config(ctx context.Context, e *pdf.Engine) pdf.Config {
	c := e.Config()
	mu.Lock()
	defer mu.Unlock()
	if c.Cache != "" && !compiled[c.Cache] {
		compiled[c.Cache] = worker.Prepare(ctx, jobCompile, c) == nil
	}
	return c
}
