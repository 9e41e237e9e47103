package command

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"fayi/judging"
)

// privateWords are the arguments of errors that may hold what somebody wrote or is called. They reach the person
// at the keyboard in the error's text, and are withheld from its args; numbers and identifiers in them pass.
var privateWords = []string{
	"Address", "Argument", "Aside", "At", "Awards", "Backup", "Batch", "Bytes", "Called", "Capacity", "Code", "Contest",
	"Copy", "Count", "Day", "Days", "Detail", "Dir", "File", "First", "From", "Full", "GB", "Groups", "Hint", "ID",
	"Intake",
	"Judge", "Judges", "Known", "Label", "Lacking", "Later", "Least", "Like", "Line", "List", "Mark", "Max", "MaxGB",
	"MaxMB", "MaxMegapixels", "MaxTextMB", "Min", "Missing", "More", "Most", "N", "Name", "Names", "Naming",
	"Needed", "New",
	"Number", "Objection", "Offset", "Old", "One", "Other", "Own", "Pair", "Pairs", "Part", "Path", "PerWork",
	"Percent", "Pieces", "Places", "Plan", "Port", "Quota", "Round", "Rows", "Ruling", "Scale", "Scores", "Second",
	"Seconds", "Set", "Sheet", "Short", "Source", "Sum", "Text", "To", "Unit", "Until", "Value", "Version", "Want",
	"Wanted", "Where", "Word", "Work", "Works", "Writes", "Year",
}

// TestEveryArgumentOfAnErrorIsPublicOrPrivate fails for an argument of an error that nobody has decided about.
func TestEveryArgumentOfAnErrorIsPublicOrPrivate(t *testing.T) {
	decided := map[string]bool{}
	for _, k := range privateWords {
		if publicWords[k] {
			t.Errorf("%s is public and private", k)
		}
		decided[k] = true
	}
	found := 0
	for _, root := range []string{"../../../../judging", ".."} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			for _, key := range faultArgs(file) {
				if found++; !publicWords[key] && !decided[key] {
					t.Errorf("%s: %s in an error: public or private?", path, key)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if found < 100 {
		t.Errorf("only %d arguments found", found)
	}
}

// faultArgs lists the arguments that stand in calls that make errors.
func faultArgs(file *ast.File) (keys []string) {
	makers := map[string]bool{"Fail": true, "fail": true, "Misused": true}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		name := ""
		switch fn := call.Fun.(type) {
		case *ast.Ident:
			name = fn.Name
		case *ast.SelectorExpr:
			name = fn.Sel.Name
		}
		if !makers[name] {
			return true
		}
		for _, arg := range call.Args {
			lit, ok := arg.(*ast.CompositeLit)
			if !ok {
				continue
			}
			for _, e := range lit.Elts {
				if kv, ok := e.(*ast.KeyValueExpr); ok {
					if k, ok := kv.Key.(*ast.BasicLit); ok {
						if key, err := strconv.Unquote(k.Value); err == nil {
							keys = append(keys, key)
						}
					}
				}
			}
		}
		return true
	})
	return keys
}

func TestNoPersonStandsInTheArgumentsOfAnError(t *testing.T) {
	got := publicArgs(judging.Args{"Name": "张三", "Title": "红日", "Path": "/home/张三/作品.xlsx", "Detail": "张三 13800000000",
		"Value":  "13800000000",
		"Author": "张三", "Unit": "某小学", "Judge": judging.JudgeID("j001"), "Work": "w000012",
		"Code": judging.WorkCode("SF-0012"), "N": 3,
		"Category": "书法", "Other": "李四", "Row": 7})
	want := map[string]any{"Judge": "j001", "Work": "w000012", "Code": "SF-0012", "N": 3, "Category": "书法", "Row": 7}
	for k, v := range want {
		if got[k] != v {
			t.Errorf("%s: %v, want %v", k, got[k], v)
		}
	}
	for k, v := range got {
		if want[k] == nil {
			t.Errorf("%s is let out: %v", k, v)
		}
	}
	if got := publicArgs(judging.Args{"Judge": "佟一", "Work": "红日"}); len(got) > 0 {
		t.Errorf("names in the place of identifiers are let out: %v", got)
	}
}
