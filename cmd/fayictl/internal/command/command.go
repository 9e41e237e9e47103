package command

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

// Noun is a word and the commands that begin with it.
type Noun struct {
	Name     string        // as it is typed
	Commands []Declaration // in the order in which help lists them
}

// Handler does what a command is for. It returns what is to be printed and prints nothing itself.
type Handler func(c *Call, args []string) (Result, error)

// Declaration declares a command: its use, example and flags, and returns its handler. Help, completion, manual
// pages and the documents of the command line are all made from it. The sentence about the command has the key
// "command." and its words.
type Declaration func(cmd *Command) Handler

// Command is one command as it was declared.
type Command struct {
	Text assets.Text // the person's language

	cobra   *cobra.Command
	words   []string // "works", "import"
	args    []string // "CONTEST", "SOURCE..."; one in brackets may be left out
	example string
	flags   []*option
	limits  []limit
	run     Handler
	ends    []judging.Code
	set     bool  // writes files of names of its own
	over    *bool // whether files that are there may be written over; nil where it writes none
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

// Use gives the words and arguments of the command and an example of it, both without the program's name.
func (d *Command) Use(usage, example string) {
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
func (d *Command) path() string { return strings.Join(d.words, " ") }

// brief returns the key of the sentence about the command.
func (d *Command) brief() string { return BriefKey(d.words) }

// BriefKey returns the key of the sentence about the command, or about what begins, with words.
func BriefKey(words []string) string {
	return "command." + strings.ReplaceAll(strings.Join(words, "_"), "-", "_")
}

func (d *Command) add(name, value, key string) *option {
	f := d.cobra.Flags().Lookup(name)
	f.Usage = d.Text.T(key, nil)
	o := &option{Flag: f, value: value}
	d.flags = append(d.flags, o)
	return o
}

// Str declares a flag with words; value names what to give, as FILE.xlsx or one|other, and key the sentence about it.
// What may be completed at the flag follows from value.
func (d *Command) Str(name, value, key string) *string {
	p := new(string)
	d.StrVar(p, name, value, key)
	return p
}

// StrVar is Str with a variable to fill, whose value is the preset.
func (d *Command) StrVar(p *string, name, value, key string) {
	d.cobra.Flags().StringVar(p, name, *p, "")
	d.add(name, value, key)
}

// Must declares a flag with words that is needed and must not be empty.
func (d *Command) Must(name, value, key string) *string {
	p := new(string)
	d.MustVar(p, name, value, key)
	return p
}

// MustVar is Must with a variable to fill.
func (d *Command) MustVar(p *string, name, value, key string) {
	d.StrVar(p, name, value, key)
	o := d.flags[len(d.flags)-1]
	o.needed, o.filled = true, true
}

// Given declares a flag with words that is needed; whether they may be empty is the handler's to say.
func (d *Command) Given(name, value, key string) *string {
	p := d.Str(name, value, key)
	d.flags[len(d.flags)-1].needed = true
	return p
}

// Num declares a flag with a whole number.
func (d *Command) Num(name, value, key string, preset int) *int {
	p := new(int)
	*p = preset
	d.NumVar(p, name, value, key)
	return p
}

// NumVar is Num with a variable to fill, whose value is the preset.
func (d *Command) NumVar(p *int, name, value, key string) {
	d.cobra.Flags().IntVar(p, name, *p, "")
	d.add(name, value, key)
}

// MustNum declares a flag with a whole number that is needed and at least least.
func (d *Command) MustNum(name, value, key string, least int) *int {
	p := d.Num(name, value, key, 0)
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

// Float declares a flag with a finite number.
func (d *Command) Float(p *float64, name, value, key string) {
	d.cobra.Flags().Var((*decimalFlag)(p), name, "")
	d.add(name, value, key)
}

// Yes declares a flag that is given or not.
func (d *Command) Yes(name, key string) *bool {
	p := new(bool)
	d.YesVar(p, name, key)
	return p
}

// YesVar is Yes with a variable to fill.
func (d *Command) YesVar(p *bool, name, key string) {
	d.cobra.Flags().BoolVar(p, name, false, "")
	d.add(name, "", key)
}

// Many declares a flag that may be given several times.
func (d *Command) Many(name, value, key string) *[]string {
	p := new([]string)
	d.cobra.Flags().StringArrayVar(p, name, nil, "")
	d.add(name, value, key).repeated = true
	return p
}

// Seed is the start of what is drawn by chance.
type Seed struct {
	flag *pflag.Flag
	n    uint64
}

// Seed declares the flag --seed.
func (d *Command) Seed(key string) *Seed {
	s := &Seed{}
	d.cobra.Flags().Uint64Var(&s.n, "seed", 0, "")
	s.flag = d.add("seed", "S", key).Flag
	return s
}

// Or returns the seed that was given, else preset.
func (s *Seed) Or(preset uint64) uint64 {
	if s.flag.Changed {
		return s.n
	}
	return preset
}

// Given returns the seed that was given, else nil.
func (s *Seed) Given() *uint64 {
	if s.flag.Changed {
		return &s.n
	}
	return nil
}

// Limit declares which flags go together.
func (d *Command) Limit(kind LimitKind, names ...string) {
	d.limits = append(d.limits, limit{kind, names})
}

// Has says whether a flag was given and not empty.
func (d *Command) Has(name string) bool {
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

// Changed says whether a flag was given, be it empty.
func (d *Command) Changed(name string) bool { return d.cobra.Flags().Changed(name) }

// Misused returns the error of a command line that can't be meant; key says what is wrong with it.
func (d *Command) Misused(key string, args judging.Args) error {
	if args == nil {
		args = judging.Args{}
	}
	args["Command"], args["Usage"] = d.path(), "fayictl "+d.usage()
	return judging.Fail(Misuse, key, args)
}
