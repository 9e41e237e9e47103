package command

import (
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fayi/judging"
)

// Misuse is the code of a mistake in the command line itself, known to this door only.
const Misuse judging.Code = "usage"

var exitCodes = map[judging.Code]int{
	"": 0, judging.Internal: 1, Misuse: 2, judging.Invalid: 3, judging.NotFound: 4, judging.Clash: 5, judging.Closed: 5,
	judging.Forbidden: 6, judging.Busy: 7, judging.Corrupt: 8, judging.Unavailable: 1,
}

// ExitCode returns the exit code of the program for an error of a code; 0 for "".
func ExitCode(code judging.Code) int { return exitCodes[code] }

// exitMeanings are the exit codes from 0 on.
var exitMeanings = []string{"cli.exit_done", "cli.exit_internal", "cli.exit_usage", "cli.exit_invalid",
	"cli.exit_not_found",
	"cli.exit_conflict", "cli.exit_forbidden", "cli.exit_busy", "cli.exit_corrupt"}

// Ends declares codes of errors with which the command may end beyond those that follow from its arguments and flags.
func (d *Command) Ends(codes ...judging.Code) { d.ends = append(d.ends, codes...) }

// exits returns the exit codes with which the command may end, rising. Any may be done, interrupted or misused. What
// works on a contest may find none, or find it closed, in use, not to be written or damaged. What is given to a command
// may be wrong, or name what is not there. The rest is declared by Ends.
func (d *Command) exits() []int {
	codes := append([]judging.Code{"", judging.Internal, Misuse}, d.ends...)
	given := d.args
	if len(given) > 0 && given[0] == "CONTEST" {
		given = given[1:]
		codes = append(codes, judging.NotFound, judging.Closed, judging.Forbidden, judging.Busy, judging.Corrupt)
	}
	given = slices.DeleteFunc(slices.Clone(given), func(a string) bool { return slices.Contains(closedArgs, a) })
	if len(given) > 0 || slices.ContainsFunc(d.flags, func(o *option) bool { return !o.closed() }) {
		codes = append(codes, judging.Invalid, judging.NotFound)
	}
	found := map[int]bool{}
	for _, c := range codes {
		found[exitCodes[c]] = true
	}
	return slices.Sorted(maps.Keys(found))
}

// closedArgs are the arguments for which all that can't be meant is a mistake in the command line itself.
var closedArgs = []string{"SHELL", "[COMMAND...]"}

// closed says whether the flag itself refuses all that can't be meant by it: a switch, or a seed.
func (o *option) closed() bool { return o.value == "" || o.Name == "seed" }

// exits returns the exit codes of a command; of a word that leads to others all there are.
func (t *Tree) exits(cmd *cobra.Command) []int {
	if d := t.commands[cmd]; d != nil {
		return d.exits()
	}
	all := make([]int, len(exitMeanings))
	for code := range all {
		all[code] = code
	}
	return all
}

// ended tells whoever watches how the command ended that was run, if one was.
func (t *Tree) ended(watch func(Ending), code int) {
	if watch != nil && t.ran != nil {
		watch(Ending{strings.Join(t.ran.words, " "), code, slices.Contains(t.ran.exits(), code)})
	}
}

// Ending is how a command ended.
type Ending struct {
	Command  string // its words, "works import"
	Exit     int    // its exit code
	Declared bool   // whether its help names the code
}
