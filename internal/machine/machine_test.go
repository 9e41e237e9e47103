package machine_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fayi/internal/machine"
)

func TestANameIsKeptAndTakenAway(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "fayi")
	if got := machine.Name(dir) + machine.Name(""); got != "" {
		t.Errorf("before one was given: %q", got)
	}
	for given, want := range map[string]string{
		"  甲科的\n电脑 ": "甲科的 电脑", "": "", "\xff乙": "乙",
		strings.Repeat("丙", machine.Longest+1): strings.Repeat("丙", machine.Longest),
	} {
		if err := machine.Keep(dir, given); err != nil {
			t.Fatal(err)
		}
		if got := machine.Name(dir); got != want {
			t.Errorf("%q is kept as %q, want %q", given, got, want)
		}
	}
}

func TestAFolderThatCannotBeMadeIsAnError(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := machine.Keep(filepath.Join(file, "fayi"), "甲"); err == nil {
		t.Error("a name is kept nowhere and nobody is told")
	}
}

func TestAStationIsTheProgramAndTheName(t *testing.T) {
	if got := machine.Station("window", "") + "|" + machine.Station("window", "甲 科"); got != "window|window 甲 科" {
		t.Errorf("got %q", got)
	}
}
