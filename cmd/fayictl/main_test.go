package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"fayi/judging/office"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"fayictl": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   "testdata",
		Setup: func(env *testscript.Env) error { env.Setenv("LANG", "zh_CN.UTF-8"); return nil },
		Cmds:  map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// exits CODE PROGRAM ARGS... runs a program and checks its exit code; stdout and stderr can be matched afterwards as
// after exec.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if exit, ok := err.(*exec.ExitError); ok {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if want, _ := strconv.Atoi(args[0]); code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
}

func TestEveryOperationOfTheOfficeHasAVerb(t *testing.T) {
	called := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				called[s.Sel.Name] = true
			}
			return true
		})
	}
	// Changes is a signal and Dir a path; Desk is the door of judges, whose verbs are scores enter and scores submit.
	notVerbs := map[string]bool{"Changes": true, "Dir": true, "Desk": true}
	methods := reflect.TypeFor[*office.Office]()
	for i := range methods.NumMethod() {
		if name := methods.Method(i).Name; !called[name] && !notVerbs[name] {
			t.Errorf("office.%s has no verb", name)
		}
	}
}
