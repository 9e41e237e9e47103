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
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, nouns, os.Args[1:], world{out: os.Stdout, err: os.Stderr, in: os.Stdin, lang: os.Getenv("LANG"),
		now: time.Now, random: rand.Reader}))
}
