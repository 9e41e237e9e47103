package viewer

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
	o := &openers{}
	for body, want := range map[string]error{"exit 0": nil, "exit 3": errNoProgram, "sleep 1": nil} {
		if err := o.by(program(body), "x", 500*time.Millisecond); !errors.Is(err, want) {
			t.Errorf("%s: %v", body, err)
		}
	}
	if err := o.by("/nowhere/opener", "x", time.Second); !errors.Is(err, errNoProgram) {
		t.Errorf("without an opener: %v", err)
	}
	if len(o.running) != 1 {
		t.Fatalf("%d openers are at work", len(o.running))
	}
	first := o.running[0]
	if !first.ended(10*time.Second) || !first.cmd.ProcessState.Success() {
		t.Error("an opener that ended later is not reaped")
	}
}
