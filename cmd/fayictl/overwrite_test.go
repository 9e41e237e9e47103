package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"fayi/cmd/fayictl/internal/command"
)

// readFiles are the flags that name a file which a command reads. All others whose value begins with FILE name one
// that is written, and must be among command.Outputs.
var readFiles = []string{
	"--ca", "--cert", "--conflicts", "--eligible", "--file", "--judges-categories", "--key", "--load", "--map",
	"--rules", "--template", "--texts", "--verify", "--works-categories",
}

// writes reports whether a flag names a file that is written over. An archive never takes a file's place.
func writes(t *testing.T, c command.Help, f command.FlagHelp) bool {
	t.Helper()
	name := strings.TrimPrefix(f.Flag, "--")
	switch {
	case !strings.HasPrefix(f.Value, "FILE") || slices.Contains(readFiles, f.Flag) || f.Value == "FILE.fayiarchive":
		return false
	case name == "preview":
		return f.Value == "FILE.png"
	case !slices.Contains(command.Outputs, name):
		t.Errorf("%s: %s is neither read nor written", c.Command, f.Flag)
	}
	return true
}

// TestNoCommandWritesOverAFileUnasked gives every command a file that is there for each flag by which it would write
// one.
func TestNoCommandWritesOverAFileUnasked(t *testing.T) {
	r := newRoleRun(t)
	r.want(0, "contest new 2020.fayi --name 示例征集")
	const there = "老师填好的"
	_, all := fullTree(t, "zh-Hans").Described()
	refused := 0
	for _, c := range all {
		asks := slices.ContainsFunc(c.Flags, func(f command.FlagHelp) bool { return f.Flag == "--overwrite" })
		for _, f := range c.Flags {
			if c.Example == "" || !writes(t, c, f) {
				continue
			}
			if !asks {
				t.Errorf("%s has no --overwrite", c.Command)
			}
			must(t, os.WriteFile("there", []byte(there), 0o600))
			args := briefly(strings.Fields(strings.TrimPrefix(c.Example, "fayictl ")))
			if at := slices.Index(args, f.Flag); at >= 0 {
				args[at+1] = "there"
			} else {
				args = append(args, f.Flag, "there")
			}
			code, key, _ := r.run(args...)
			if data, err := os.ReadFile("there"); err != nil || string(data) != there {
				t.Fatalf("%s %s wrote over it: %q, %v", c.Command, f.Flag, data, err)
			}
			if code == command.ExitCode("conflict") && key == "cli.file_there" {
				refused++
			} else if code != command.ExitCode(command.Misuse) { // flags that can't stand together
				t.Errorf("%s %s: exit %d %s", c.Command, f.Flag, code, key)
			}
		}
	}
	if refused < 30 {
		t.Errorf("only %d refused", refused)
	}
}
