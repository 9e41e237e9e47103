package main

import (
	"os/exec"
	"strings"
	"testing"
)

func TestWhatUsersGetHoldsNoProbe(t *testing.T) {
	for tags, want := range map[string]bool{"nodynamic": false, "nodynamic,probe": true} {
		out := must[[]byte](t)(exec.Command("go", "list", "-deps", "-tags", tags, ".").Output())
		for _, pkg := range []string{"fayi/cmd/fayi/probe", "fyne.io/fyne/v2/test"} {
			if has := strings.Contains(string(out), pkg+"\n"); has != want {
				t.Errorf("with the tags %s: holds %s: %v", tags, pkg, has)
			}
		}
	}
}
