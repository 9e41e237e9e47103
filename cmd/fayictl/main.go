// Fayictl runs a contest without a window: everything the desktop can do, a script can do.
//
//	fayictl [--lang zh|en] [--format text|json] NOUN VERB CONTEST [ARGUMENTS]
//
// Results go to stdout, problems to stderr. Exit codes: 0 done, 1 internal, 2 usage, 3 invalid input (nothing
// written), 4 not found, 5 conflict or closed, 6 forbidden, 7 busy, 8 corrupt.
package main

import (
	"context"
	"crypto/rand"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging/worker"
)

// plenty is how much the program takes, in bytes, before it looks for what can be freed all the time.
const plenty = 300 << 20

func main() { os.Exit(run(nil)) }

// run runs the command line of the process; ended hears how it ended, if it is not nil.
func run(ended func(command.Ending)) int {
	worker.Main()
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(plenty)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return command.Run(ctx, nouns, os.Args[1:], command.World{
		Out: os.Stdout, Err: os.Stderr, In: os.Stdin, Lang: os.Getenv("LANG"), Now: time.Now, Random: rand.Reader,
		Ask: onTerminal(), Ended: ended,
	})
}
