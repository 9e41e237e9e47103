package command

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/judging"
)

// failing declares a command with a use and a flag, which ends with an error of code, "" for none.
func failing(use string, code judging.Code, ends ...judging.Code) Declaration {
	return func(cmd *Command) Handler {
		cmd.Use(use, use)
		cmd.Yes("dry-run", "flag.dry_run")
		cmd.Ends(ends...)
		return func(*Call, []string) (Result, error) {
			if code == "" {
				return Answer(true, nil)
			}
			return Result{}, judging.Fail(code, "error.internal", nil)
		}
	}
}

func TestExitCodesFollowFromTheDeclaration(t *testing.T) {
	for use, want := range map[string][]int{
		"thing SHELL":        {0, 1, 2},
		"thing [COMMAND...]": {0, 1, 2},
		"thing":              {0, 1, 2},
		"thing FILE":         {0, 1, 2, 3, 4},
		"thing [FILE]":       {0, 1, 2, 3, 4},
		"thing CONTEST":      {0, 1, 2, 4, 5, 6, 7, 8},
		"thing CONTEST FILE": {0, 1, 2, 3, 4, 5, 6, 7, 8},
	} {
		tree, err := Whole("en", []Noun{{Name: "thing", Commands: []Declaration{failing(use, "")}}})
		if err != nil {
			t.Fatal(err)
		}
		if got := tree.all[0].exits(); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", use, got, want)
		}
	}
}

func TestAFlagWithAValueMayBeWrongOrNameWhatIsNotThere(t *testing.T) {
	for name, declare := range map[string]func(*Command){
		"words":    func(cmd *Command) { cmd.Str("name", "NAME", "flag.judge_name") },
		"a list":   func(cmd *Command) { cmd.Many("name", "NAME", "flag.judge_name") },
		"a number": func(cmd *Command) { cmd.Num("name", "N", "flag.judge_name", 0) },
	} {
		tree, err := Whole("en", []Noun{{Name: "thing", Commands: []Declaration{func(cmd *Command) Handler {
			cmd.Use("thing", "thing")
			cmd.Seed("flag.seed")
			declare(cmd)
			return nil
		}}}})
		if err != nil {
			t.Fatal(err)
		}
		if got := tree.all[0].exits(); !slices.Equal(got, []int{0, 1, 2, 3, 4}) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestWhoeverWatchesHearsOfACodeThatIsNotDeclared(t *testing.T) {
	for _, c := range []struct {
		code     judging.Code
		ends     []judging.Code
		declared bool
	}{
		{"", nil, true}, {judging.Internal, nil, true}, {judging.Unavailable, nil, true},
		{judging.Corrupt, nil, false}, {judging.Invalid, nil, false},
		{judging.Corrupt, []judging.Code{judging.Corrupt}, true},
		{judging.Invalid, []judging.Code{judging.Corrupt}, false},
	} {
		var heard []Ending
		var out, told bytes.Buffer
		nouns := []Noun{{Name: "thing", Commands: []Declaration{failing("thing", c.code, c.ends...)}}}
		exit := Run(t.Context(), nouns, []string{"thing"}, World{Out: &out, Err: &told, In: strings.NewReader(""),
			Now: time.Now, Ended: func(e Ending) { heard = append(heard, e) }})
		if want := (Ending{"thing", ExitCode(c.code), c.declared}); exit != want.Exit || len(heard) != 1 ||
			heard[0] != want {
			t.Errorf("%q: exit %d, heard %v, want %v", c.code, exit, heard, want)
		}
	}
}

func TestHelpNamesTheExitCodesOfTheCommandOnly(t *testing.T) {
	tree, err := Whole("en", []Noun{{Name: "thing", Commands: []Declaration{failing("thing do", "", judging.Clash)}}})
	if err != nil {
		t.Fatal(err)
	}
	root, all := tree.Described()
	if len(root.Exits) != 9 || len(all[0].Exits) != 9 {
		t.Errorf("of the program %v, of the noun %v", root.Exits, all[0].Exits)
	}
	var codes []int
	for _, e := range all[1].Exits {
		codes = append(codes, e.Code)
		if e.Brief == "" || strings.HasPrefix(e.Brief, "cli.") {
			t.Errorf("%d reads %q", e.Code, e.Brief)
		}
	}
	if !slices.Equal(codes, []int{0, 1, 2, 5}) {
		t.Errorf("of the command %v", codes)
	}
}
