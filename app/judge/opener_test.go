package judge

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestTheAnswerOfTheSystemsOpenerIsHeard(t *testing.T) {
	program := func(body string) string {
		path := filepath.Join(t.TempDir(), "opener")
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for body, want := range map[string]error{"exit 0": nil, "exit 3": errNoProgram, "sleep 5": nil} {
		if err := openBy(program(body), "x", 500*time.Millisecond); !errors.Is(err, want) {
			t.Errorf("%s: %v", body, err)
		}
	}
	if err := openBy("/nowhere/opener", "x", time.Second); !errors.Is(err, errNoProgram) {
		t.Errorf("without an opener: %v", err)
	}
}
