package command

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fayi/assets"
	"fayi/internal/machine"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sealing"
	"fayi/judging/store/seal"
	"fayi/judging/text"
)

// World is what a run takes from outside.
type World struct {
	Out, Err io.Writer        // as of a process; results go to Out, all else to Err
	In       io.Reader        // what the person types; nil: nothing
	Lang     string           // as the variable LANG has it; "" for the first language
	Now      func() time.Time // the clock
	Ended    func(Ending)     // hears how the command that was run ended; nil: nobody asks
	Random   io.Reader        // of secrets and identifiers, as crypto/rand.Reader
	Cost     seal.Cost        // of one try of a password; zero: what takes about a second here
	// asks for what must not be seen; nil without a terminal
	Ask func(prompt string) (string, error)
}

// Run runs one command line with the commands of nouns and returns its exit code. It is the only place that prints a
// command's result or error.
func Run(ctx context.Context, nouns []Noun, args []string, w World) int {
	catalogue, err := assets.Load()
	if err != nil {
		io.WriteString(w.Err, err.Error()+"\n")
		return exitCodes[judging.Internal]
	}
	g := scanGlobals(args, w.Lang)
	c := &Call{Ctx: ctx, Text: shown(catalogue.In(g.lang)).Adding("cli.how_"), err: w.Err, Now: w.Now, random: w.Random,
		ask: w.Ask, texts: catalogue, Typed: w.In}
	c.Door = &sealing.Door{
		Config: func(dir string) office.Config { return c.Config(dir, office.Config{}) }, Cost: w.Cost,
	}
	t := newTree(c, wanted(nouns, args), w.Out)
	res, err := t.execute(args)
	out := output{Printer: Printer{Text: c.Text, out: w.Out, err: w.Err}, json: g.format == "json"}
	code := out.print(res, err)
	t.ended(w.Ended, code)
	return code
}

// Call is what a handler may use of the world. It cannot print: what it returns is printed by Run.
type Call struct {
	Ctx    context.Context  // cancelled when the person interrupts the program
	Text   assets.Text      // the person's language
	Now    func() time.Time // the clock
	Door   *sealing.Door    // to contests
	Typed  io.Reader        // what the person types while the command runs; nil: nothing
	err    io.Writer        // for progress and remarks while the work goes on, never for the result
	random io.Reader
	ask    func(prompt string) (string, error)

	texts *assets.Catalogue

	role     Role            // of the command
	proved   map[string]bool // folders of contests whose organiser proved to be there
	held     *office.Office  // entered, and not taken by a handler yet
	heldDir  string
	toldSent bool // that files are on this computer only was said
}

// In returns the texts of another language, for who is not the person at the program.
func (c *Call) In(lang string) assets.Text { return shown(c.texts.In(lang)) }

// shown has a language say arguments so that they end no line and steer no terminal.
func shown(t assets.Text) assets.Text { return t.Showing(text.Harmless) }

// Notes writes remarks on stderr.
func (c *Call) Notes() *Printer { return &Printer{Text: c.Text, out: io.Discard, err: c.err} }

// Aloud is a printer whose results are remarks, too: for what a person reads while a command goes on.
func (c *Call) Aloud() *Printer { return &Printer{Text: c.Text, out: c.err, err: c.err} }

// LogTo is where a command that runs for long writes its log.
func (c *Call) LogTo() io.Writer { return c.err }

// Warn writes one catalogue text on stderr.
func (c *Call) Warn(key string, args judging.Args) { c.Notes().Warn(key, args) }

// With opens the contest in the folder dir, runs fn on it and closes it. No other place opens a contest for a
// command. It fails with NotFound, Busy or Corrupt where there is no contest, another program has it, or it is damaged,
// and with Forbidden where it is sealed and nothing opens it, or the command is the organiser's and who runs it does
// not prove to be that.
func (c *Call) With(dir string, fn func(*office.Office) (Result, error)) (Result, error) {
	o, err := c.open(dir)
	if err != nil {
		return Result{}, err
	}
	if c.role != Anyone {
		if err := c.asOrganiser(o); err != nil {
			return Result{}, FirstError(err, o.Close())
		}
	}
	res, err := fn(o)
	if err != nil {
		c.nameIn(o)
	}
	c.unsent(dir)
	return res, FirstError(err, o.Close())
}

// unsent says that files of a shared contest are on this computer only.
func (c *Call) unsent(dir string) {
	if f, there := c.Door.Files(dir); there {
		if s := f.Status(); s.Unsent > 0 && !c.toldSent {
			c.toldSent = true
			c.Warn("depot.unsent", judging.Args{"N": s.Unsent})
		}
	}
}

// FoundWords says what opening a contest found wrong with its file.
func FoundWords(text assets.Text, found []office.Found) string {
	var words []string
	for _, f := range found {
		words = append(words, text.T("store.found_"+string(f), nil))
	}
	return strings.Join(words, " ")
}

// nameIn has errors about o speak of judges and works by what people call them.
func (c *Call) nameIn(o *office.Office) {
	names, err := office.Names(context.WithoutCancel(c.Ctx), o)
	if err != nil {
		return // the first error is the one to say
	}
	c.Text = c.Text.Calling(func(id string) (string, bool) {
		name := names[id]
		return name, name != ""
	})
}

// Config completes cfg, which has the stores of the contest in dir, with the clock, randomness and the actor.
func (c *Call) Config(dir string, cfg office.Config) office.Config {
	cfg.Dir, cfg.Now, cfg.Random, cfg.Actor = dir, c.Now, c.random, "organiser"
	cfg.Station = machine.Station("fayictl", machine.Name(machine.Folder()))
	cfg.Cache, _ = os.UserCacheDir() // "" without a home
	if own, err := os.UserConfigDir(); err == nil {
		cfg.TriesDir = filepath.Join(own, "fayi", "tries") // the window counts there, too
	}
	return cfg
}

// OnContest makes the handler of a command whose first argument is the contest it works on.
func OnContest(fn func(c *Call, o *office.Office, args []string) (Result, error)) Handler {
	return func(c *Call, args []string) (Result, error) {
		return c.With(args[0], func(o *office.Office) (Result, error) { return fn(c, o, args) })
	}
}

// FirstError returns the first of errs that is one.
func FirstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// Random is the source of what is drawn by chance, as of phrases.
func (c *Call) Random() io.Reader { return c.random }
