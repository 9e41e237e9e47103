package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
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

// verb is one thing the program can do. Args shows what follows NOUN VERB in a usage line.
type verb struct {
	noun, name, args string
	run              func(*call) error
}

// call is one verb being run.
type call struct {
	world
	ctx  context.Context
	verb verb
	args []string
	text assets.Text
	json bool
}

// usageError is a mistake in the command line itself.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

var exitCodes = map[judging.Code]int{
	"": 0, judging.Internal: 1, judging.Invalid: 3, judging.NotFound: 4, judging.Clash: 5, judging.Closed: 5, judging.Forbidden: 6,
	judging.Busy: 7, judging.Corrupt: 8, judging.Unavailable: 1,
}

// run runs one command line and returns its exit code.
func run(ctx context.Context, args []string, w world) int {
	c := &call{world: w, ctx: ctx}
	catalogue, err := assets.Load()
	if err != nil {
		fmt.Fprintln(w.err, err)
		return 1
	}
	if err := c.globals(args, catalogue); err != nil {
		return c.fail(err)
	}
	i := slices.IndexFunc(verbs, c.matches)
	if i < 0 {
		return c.fail(usageError{c.usage()})
	}
	c.verb = verbs[i]
	c.args = c.args[len(strings.Fields(c.verb.noun+" "+c.verb.name)):]
	return c.fail(c.verb.run(c))
}

// globals reads the flags before the noun.
func (c *call) globals(args []string, catalogue *assets.Catalogue) error {
	fs := flag.NewFlagSet("fayictl", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	lang := fs.String("lang", c.lang, "")
	format := fs.String("format", "text", "")
	version := fs.Bool("version", false, "")
	err := fs.Parse(args)
	c.text, c.json, c.args = catalogue.In(*lang), *format == "json", fs.Args()
	if *version {
		c.args = []string{"version"}
	}
	if err != nil || *format != "json" && *format != "text" {
		return usageError{c.usage()}
	}
	return nil
}

func (c *call) matches(v verb) bool {
	words := strings.Fields(v.noun + " " + v.name)
	return len(c.args) >= len(words) && slices.Equal(c.args[:len(words)], words)
}

// fail tells err on stderr and returns its exit code.
func (c *call) fail(err error) int {
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &usage):
		fmt.Fprintln(c.err, usage.text)
		return 2
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(c.err, c.text.T("error.cancelled", nil))
		return 1
	}
	fmt.Fprintln(c.err, c.text.Err(err))
	var open *office.OpenError
	if errors.As(err, &open) && len(open.Tickable()) > 0 {
		c.warn("open.tick", judging.Args{"Kinds": strings.Join(open.Tickable(), ",")})
	}
	return exitCodes[judging.CodeOf(err)]
}

// usage lists the verbs, those of the noun first given when there is one.
func (c *call) usage() string {
	var b strings.Builder
	b.WriteString(c.text.T("cli.usage", nil) + "\n")
	for _, v := range verbs {
		if len(c.args) == 0 || c.args[0] == v.noun || !slices.ContainsFunc(verbs, func(o verb) bool { return o.noun == c.args[0] }) {
			fmt.Fprintf(&b, "  fayictl %s\n", strings.Join(strings.Fields(v.noun+" "+v.name+" "+v.args), " "))
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// flags begins the flag set of the verb.
func (c *call) flags() *flag.FlagSet {
	fs := flag.NewFlagSet(c.verb.noun, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	return fs
}

// parse reads flags and arguments in any order; there must be between least and most arguments (most < 0: any number).
func (c *call) parse(fs *flag.FlagSet, least, most int) ([]string, error) {
	if fs.Lookup("accept") == nil {
		fs.Func("accept", "", func(s string) error {
			c.ctx = office.Ticking(c.ctx, strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '，' })...)
			return nil
		})
	}
	var out []string
	for rest := c.args; ; {
		if err := fs.Parse(rest); err != nil {
			return nil, c.misused(err.Error())
		}
		if fs.NArg() == 0 {
			break
		}
		out, rest = append(out, fs.Arg(0)), fs.Args()[1:]
	}
	if len(out) < least || most >= 0 && len(out) > most {
		return nil, c.misused("")
	}
	return out, nil
}

func (c *call) misused(detail string) error {
	line := c.text.T("cli.usage", nil) + "\n  fayictl " + strings.Join(strings.Fields(c.verb.noun+" "+c.verb.name+" "+c.verb.args), " ")
	if detail != "" {
		line = detail + "\n" + line
	}
	return usageError{line}
}

// with opens the contest in the folder dir, runs fn on it and closes it.
func (c *call) with(dir string, fn func(*office.Office) error) error {
	db, blobs, err := bolt.OpenFolder(dir)
	if err != nil {
		return err
	}
	o, err := office.Open(c.ctx, c.config(dir, office.Config{DB: db, Blobs: blobs}))
	if err != nil {
		return errors.Join(err, db.Close(), blobs.Close())
	}
	return firstError(fn(o), o.Close())
}

func (c *call) config(dir string, cfg office.Config) office.Config {
	cfg.Dir, cfg.Now, cfg.Random, cfg.Actor = dir, c.now, c.random, "organiser"
	cfg.Cache, _ = os.UserCacheDir() // "" without a home
	return cfg
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// answer prints v as JSON, or in the text form that text writes.
func (c *call) answer(v any, text func()) error {
	if !c.json {
		text()
		return nil
	}
	enc := json.NewEncoder(c.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(v)
}

// say prints one catalogue text.
func (c *call) say(key string, args judging.Args) { fmt.Fprintln(c.out, c.text.T(key, args)) }

// warn prints one catalogue text on stderr.
func (c *call) warn(key string, args judging.Args) { fmt.Fprintln(c.err, c.text.T(key, args)) }
