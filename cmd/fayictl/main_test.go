package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging/office"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"fayictl": func() { os.Exit(run(noteUndeclared)) }})
}

// undeclaredVariable names the file in which a program under test notes exit codes that its help does not name.
const undeclaredVariable = "FAYI_TEST_UNDECLARED"

func noteUndeclared(e command.Ending) {
	if e.Declared || os.Getenv(undeclaredVariable) == "" {
		return
	}
	f, err := os.OpenFile(os.Getenv(undeclaredVariable), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = fmt.Fprintf(f, "%s: exit %d\n", e.Command, e.Exit)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		panic(err)
	}
}

func TestScripts(t *testing.T) {
	undeclared := filepath.Join(t.TempDir(), "undeclared")
	t.Cleanup(func() { // when all scripts are through
		if noted, err := os.ReadFile(undeclared); err == nil {
			t.Errorf("exit codes that the help of the command does not name:\n%s", noted)
		}
	})
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "zh_CN.UTF-8")
			env.Setenv(undeclaredVariable, undeclared)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "fill": fill},
	})
}

// exits CODE PROGRAM ARGS... runs a program and checks its exit code; stdout and stderr can be matched afterwards
// as after exec.
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
	files, err := filepath.Glob("internal/*/*.go")
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
	// Changes and Subscribe are signals and Dir a path; GiveIn and RecallIn are scores offset and undo-offset within
	// the transaction of a caller; Desk is the door of judges, whose verbs are scores enter and scores submit.
	// SetPassword sets what earlier programs set, a password that seals nothing: contest password seals. Sums says
	// which files contest depot fetches.
	notVerbs := map[string]bool{
		"ReportAwards": true, "Changes": true, "Dir": true, "Desk": true, "SetPassword": true,
		"Subscribe": true, "GiveIn": true, "RecallIn": true, "Sums": true,
	}
	operations := 0
	reached := map[string]bool{}
	var walk func(what reflect.Type)
	walk = func(what reflect.Type) {
		reached[path.Base(what.PkgPath())] = true
		for i := range what.NumMethod() {
			m := what.Method(i)
			if stage, is := stageOf(m); is {
				walk(stage)
				continue
			}
			if operations++; !called[m.Name] && !notVerbs[m.Name] {
				t.Errorf("%s.%s has no verb", what, m.Name)
			}
		}
	}
	walk(reflect.TypeFor[*office.Office]())
	if operations < 150 {
		t.Errorf("only %d operations were looked at", operations)
	}
	rooms, err := os.ReadDir("../../judging/office")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rooms {
		// effect holds what the stages of rules and awards answer with, and no operation.
		none := r.Name() == "internal" || r.Name() == "testdata" || r.Name() == "effect"
		if r.IsDir() && !none && !reached[r.Name()] {
			t.Errorf("no method of the office hands out judging/office/%s: its operations were not looked at", r.Name())
		}
	}
}

// stageOf returns what an accessor of the facade hands out: a method without arguments that returns a stage of the
// contest.
func stageOf(m reflect.Method) (reflect.Type, bool) {
	if m.Type.NumIn() != 1 || m.Type.NumOut() != 1 {
		return nil, false
	}
	out := m.Type.Out(0)
	return out, strings.HasPrefix(out.PkgPath(), "fayi/judging/office/")
}
