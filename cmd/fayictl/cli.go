package main

import (
	"context"
	"errors"
	"io"
	"os"
	"time"

	"fayi/assets"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/store/bolt"
)

// world is what a run takes from outside.
type world struct {
	out, err io.Writer
	in       io.Reader
	lang     string
	now      func() time.Time
	random   io.Reader
}

// run runs one command line with the commands of nouns and returns its exit code. It is the only place that prints a
// command's result or error.
func run(ctx context.Context, nouns []noun, args []string, w world) int {
	catalogue, err := assets.Load()
	if err != nil {
		io.WriteString(w.err, err.Error()+"\n")
		return exitCodes[judging.Internal]
	}
	g := scanGlobals(args, w.lang)
	c := &call{ctx: ctx, text: catalogue.In(g.lang), err: w.err, now: w.now, random: w.random}
	t := newTree(c, wanted(nouns, args), w.out)
	res, err := t.execute(args)
	out := output{printer: printer{text: c.text, out: w.out, err: w.err}, json: g.format == "json"}
	return out.print(res, err)
}

// call is what a handler may use of the world. It cannot print: what it returns is printed by run.
type call struct {
	ctx    context.Context
	text   assets.Text
	err    io.Writer // for progress and remarks while the work goes on, never for the result
	now    func() time.Time
	random io.Reader
}

// notes writes remarks on stderr.
func (c *call) notes() *printer { return &printer{text: c.text, out: io.Discard, err: c.err} }

// warn writes one catalogue text on stderr.
func (c *call) warn(key string, args judging.Args) { c.notes().warn(key, args) }

// with opens the contest in the folder dir, runs fn on it and closes it. No other place opens a contest for a
// command.
func (c *call) with(dir string, fn func(*office.Office) (result, error)) (result, error) {
	db, blobs, err := bolt.OpenFolder(dir)
	if err != nil {
		return result{}, err
	}
	o, err := office.Open(c.ctx, c.config(dir, office.Config{DB: db, Blobs: blobs}))
	if err != nil {
		return result{}, errors.Join(err, db.Close(), blobs.Close())
	}
	res, err := fn(o)
	return res, firstError(err, o.Close())
}

func (c *call) config(dir string, cfg office.Config) office.Config {
	cfg.Dir, cfg.Now, cfg.Random, cfg.Actor = dir, c.now, c.random, "organiser"
	cfg.OpenCopy = bolt.OpenCopy
	cfg.Cache, _ = os.UserCacheDir() // "" without a home
	return cfg
}

// onContest makes the handler of a command whose first argument is the contest it works on.
func onContest(fn func(c *call, o *office.Office, args []string) (result, error)) handler {
	return func(c *call, args []string) (result, error) {
		return c.with(args[0], func(o *office.Office) (result, error) { return fn(c, o, args) })
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
