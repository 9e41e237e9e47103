package main

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"fayi/assets"
	"fayi/judging"
)

// noun is a word and the commands that begin with it.
type noun struct {
	name     string
	commands []declaration
}

// handler does what a command is for. It returns what is to be printed and prints nothing itself.
type handler func(c *call, args []string) (result, error)

// declaration declares a command: its use, example and flags, and returns its handler. Help, completion, manual
// pages and the documents of the command line are all made from it. The sentence about the command has the key
// "command." and its words.
type declaration func(cmd *command) handler

// command is one command as it was declared.
type command struct {
	cobra   *cobra.Command
	text    assets.Text
	words   []string // "works", "import"
	args    []string // "CONTEST", "SOURCE..."; one in brackets may be left out
	example string
	flags   []*option
	limits  []limit
	run     handler
}

// option is one flag of a command.
type option struct {
	*pflag.Flag
	value    string // what to give, "FILE.xlsx" or "share|hold"; empty for a flag that is given or not
	needed   bool   // must be given
	filled   bool   // must not be empty when it is needed
	repeated bool   // may be given several times
	least    int    // of a needed number
}

// use gives the words and arguments of the command and an example of it, both without the program's name.
func (d *command) use(usage, example string) {
	d.example = example
	for _, w := range strings.Fields(usage) {
		if bare := strings.Trim(w, "[]."); bare == strings.ToUpper(bare) {
			d.args = append(d.args, w)
		} else {
			d.words = append(d.words, w)
		}
	}
	d.cobra.Use = strings.Join(append([]string{d.words[len(d.words)-1]}, d.args...), " ")
}

// path returns the words of the command, "works import".
func (d *command) path() string { return strings.Join(d.words, " ") }

// brief returns the key of the sentence about the command.
func (d *command) brief() string { return briefKey(d.words) }

func briefKey(words []string) string {
	return "command." + strings.ReplaceAll(strings.Join(words, "_"), "-", "_")
}

func (d *command) add(name, value, key string) *option {
	f := d.cobra.Flags().Lookup(name)
	f.Usage = d.text.T(key, nil)
	o := &option{Flag: f, value: value}
	d.flags = append(d.flags, o)
	return o
}

// str declares a flag with words; value names what to give.
func (d *command) str(name, value, key string) *string {
	p := new(string)
	d.strVar(p, name, value, key)
	return p
}

func (d *command) strVar(p *string, name, value, key string) {
	d.cobra.Flags().StringVar(p, name, *p, "")
	d.add(name, value, key)
}

// must declares a flag with words that is needed and must not be empty.
func (d *command) must(name, value, key string) *string {
	p := new(string)
	d.mustVar(p, name, value, key)
	return p
}

// mustVar is must with a variable to fill.
func (d *command) mustVar(p *string, name, value, key string) {
	d.strVar(p, name, value, key)
	o := d.flags[len(d.flags)-1]
	o.needed, o.filled = true, true
}

// given declares a flag with words that is needed; whether they may be empty is the handler's to say.
func (d *command) given(name, value, key string) *string {
	p := d.str(name, value, key)
	d.flags[len(d.flags)-1].needed = true
	return p
}

// num declares a flag with a whole number.
func (d *command) num(name, value, key string, preset int) *int {
	p := new(int)
	*p = preset
	d.numVar(p, name, value, key)
	return p
}

func (d *command) numVar(p *int, name, value, key string) {
	d.cobra.Flags().IntVar(p, name, *p, "")
	d.add(name, value, key)
}

// mustNum declares a flag with a whole number that is needed and at least least.
func (d *command) mustNum(name, value, key string, least int) *int {
	p := d.num(name, value, key, 0)
	o := d.flags[len(d.flags)-1]
	o.needed, o.least = true, least
	return p
}

// decimalFlag is a flag with a finite number.
type decimalFlag float64

func (v *decimalFlag) String() string {
	if *v == 0 {
		return ""
	}
	return strconv.FormatFloat(float64(*v), 'g', -1, 64)
}

func (v *decimalFlag) Type() string { return "float64" }

func (v *decimalFlag) Set(s string) error {
	n, err := strconv.ParseFloat(judging.Fold(s), 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return errors.New("no number")
	}
	*v = decimalFlag(n)
	return nil
}

// float declares a flag with a finite number.
func (d *command) float(p *float64, name, value, key string) {
	d.cobra.Flags().Var((*decimalFlag)(p), name, "")
	d.add(name, value, key)
}

// yes declares a flag that is given or not.
func (d *command) yes(name, key string) *bool {
	p := new(bool)
	d.yesVar(p, name, key)
	return p
}

func (d *command) yesVar(p *bool, name, key string) {
	d.cobra.Flags().BoolVar(p, name, false, "")
	d.add(name, "", key)
}

// many declares a flag that may be given several times.
func (d *command) many(name, value, key string) *[]string {
	p := new([]string)
	d.cobra.Flags().StringArrayVar(p, name, nil, "")
	d.add(name, value, key).repeated = true
	return p
}

// seed is the start of what is drawn by chance.
type seed struct {
	*pflag.Flag
	n uint64
}

// seed declares the flag --seed.
func (d *command) seed(key string) *seed {
	s := &seed{}
	d.cobra.Flags().Uint64Var(&s.n, "seed", 0, "")
	s.Flag = d.add("seed", "S", key).Flag
	return s
}

// or returns the seed that was given, else preset.
func (s *seed) or(preset uint64) uint64 {
	if s.Changed {
		return s.n
	}
	return preset
}

// given returns the seed that was given, else nil.
func (s *seed) given() *uint64 {
	if s.Changed {
		return &s.n
	}
	return nil
}

// limit declares which flags go together.
func (d *command) limit(kind limitKind, names ...string) {
	d.limits = append(d.limits, limit{kind, names})
}

// has says whether a flag was given and not empty.
func (d *command) has(name string) bool {
	f := d.cobra.Flags().Lookup(name)
	if f == nil || !f.Changed {
		return false
	}
	switch f.Value.Type() {
	case "string":
		return f.Value.String() != ""
	case "bool":
		return f.Value.String() == "true"
	}
	return true
}

// changed says whether a flag was given, be it empty.
func (d *command) changed(name string) bool { return d.cobra.Flags().Changed(name) }

// misused returns the error of a command line that can't be meant; key says what is wrong with it.
func (d *command) misused(key string, args judging.Args) error {
	if args == nil {
		args = judging.Args{}
	}
	args["Command"], args["Usage"] = d.path(), "fayictl "+d.usage()
	return judging.Fail(misuse, key, args)
}
