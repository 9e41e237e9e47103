package assets

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Strings in the code that look like keys of the catalogue but are not: words of the journal, which calls of these
// functions write, file names, jobs of the worker, and parts of keys.
var (
	journalWriters = []string{"Log", "putJudge", "putSecret", "dropSecret", "Prove", "noteOnly"}
	notKeys        = []string{
		"contest.db", "media.doubt", "room.js", "room.css", "review.clean", "review.search", "duplicates.print",
	}
)

// Texts that a caller above repeats with more arguments.
var toldAnew = []string{"assign.disconnected"}

// texts reads one language: key -> text.
func texts(t *testing.T, lang string) map[string]string {
	t.Helper()
	out := map[string]string{}
	files, err := filepath.Glob("text/*." + lang + ".json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts in %s: %v", lang, err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var list map[string]string
		if err := json.Unmarshal(raw, &list); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		if n := strings.Count(string(raw), "\": \""); n != len(list) {
			t.Errorf("%s: %d entries, %d keys: one stands twice", f, n, len(list))
		}
		for key, text := range list {
			if _, twice := out[key]; twice || strings.TrimSpace(text) == "" {
				t.Errorf("%s: %s is blank or stands in another file too", f, key)
			}
			out[key] = text
		}
	}
	return out
}

var (
	action      = regexp.MustCompile(`{{[^}]*}}`)
	agreeing    = regexp.MustCompile(`{{agree [^}]*}}`)
	placeholder = regexp.MustCompile(`\.([A-Z][A-Za-z0-9]*)`)
)

// worded is a place where a text shows a word by a text of its own.
var worded = regexp.MustCompile(`{{words? "([a-z]+\.[a-z_]*)"`)

// shown lists the arguments that a reader of text sees: it leaves out numbers that a word only agrees with, which
// other languages may not need.
func shown(text string) []string { return placeholders(agreeing.ReplaceAllString(text, "")) }

// placeholders lists the arguments that a text needs, in order of the alphabet; Day2 is Day in another form.
func placeholders(text string) []string {
	seen := map[string]bool{}
	for _, a := range action.FindAllString(text, -1) {
		for _, m := range placeholder.FindAllStringSubmatch(a, -1) {
			seen[strings.TrimRight(m[1], "0123456789")] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

func TestEveryLanguageSaysTheSameThings(t *testing.T) {
	first := texts(t, Languages[0])
	for _, lang := range Languages[1:] {
		other := texts(t, lang)
		for key, text := range first {
			if said, ok := other[key]; !ok {
				t.Errorf("%s has no %s", lang, key)
			} else if a, b := shown(text), shown(said); !slices.Equal(a, b) {
				t.Errorf("%s shows %v in %s and %v in %s", key, a, Languages[0], b, lang)
			}
		}
		for key := range other {
			if _, ok := first[key]; !ok {
				t.Errorf("%s has %s, which %s has not", lang, key, Languages[0])
			}
		}
	}
}

func TestEveryTextCanBeTold(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range Languages {
		for key, text := range texts(t, lang) {
			args := map[string]any{}
			for _, p := range placeholders(text) {
				args[p], args[p+"2"] = 1, 1
			}
			if told := c.In(lang).T(key, args); told == key || strings.Contains(told, "<no value>") ||
				strings.Contains(told, "<nil>") {
				t.Errorf("%s in %s is told as %q", key, lang, told)
			}
		}
	}
}

// use is what the code does with keys: literal ones, and beginnings of composed ones.
type use struct {
	keys     map[string]token.Position
	prefixes map[string]bool
}

// uses looks through all Go files but tests for strings that look like keys of the given areas.
func uses(t *testing.T, areas []string) use {
	t.Helper()
	u := use{keys: map[string]token.Position{}, prefixes: map[string]bool{}}
	for _, lang := range Languages {
		for _, text := range texts(t, lang) {
			for _, m := range worded.FindAllStringSubmatch(text, -1) {
				u.prefixes[m[1]] = true
			}
		}
	}
	key := regexp.MustCompile(`^(` + strings.Join(areas, "|") + `)\.[a-z0-9_]*$`)
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || path != ".." && strings.HasPrefix(d.Name(), ".")) {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		u.look(set, f, key)
		return nil
	})
	if err != nil || len(u.keys) == 0 {
		t.Fatalf("%d keys found: %v", len(u.keys), err)
	}
	return u
}

func (u *use) look(set *token.FileSet, f *ast.File, key *regexp.Regexp) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if slices.Contains(journalWriters, name(n.Fun)) {
				return false
			}
		case *ast.BasicLit:
			text := literal(n)
			if !key.MatchString(text) || slices.Contains(notKeys, text) {
				break
			}
			if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "_") {
				u.prefixes[text] = true
			} else {
				u.keys[text] = set.Position(n.Pos())
			}
		}
		return true
	})
}

// name returns the last word of what is called or named.
func name(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// literal returns a string literal's value, "" for anything else.
func literal(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	text, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return text
}

func TestTheCodeAndTheCatalogueAgree(t *testing.T) {
	known := texts(t, Languages[0])
	areas := map[string]bool{}
	for key := range known {
		area, _, _ := strings.Cut(key, ".")
		areas[area] = true
	}
	u := uses(t, slices.Sorted(maps.Keys(areas)))
	for key, at := range u.keys {
		if _, ok := known[key]; !ok {
			t.Errorf("%s: the catalogue has no %s", at, key)
		}
	}
	onPages := map[string]func(string) bool{}
	for area := range pageTexts {
		onPages[area] = pageKeys(t, area)
	}
	for key := range known {
		area, short, _ := strings.Cut(key, ".")
		if onPage := onPages[area]; onPage != nil {
			if !onPage(short) {
				t.Errorf("nothing on the page says %s", key)
			}
			continue
		}
		_, literally := u.keys[key]
		composed := func(prefix string) bool { return strings.HasPrefix(key, prefix) }
		if !literally && !slices.ContainsFunc(slices.Collect(maps.Keys(u.prefixes)), composed) {
			t.Errorf("nothing in the code says %s", key)
		}
	}
}

// pageTexts are the areas of the pages, and the import by which a source has the texts of each.
var pageTexts = map[string]string{
	"page": "", "wall": "from './walltext'", "hallpage": "from './halltext'",
	"packing": "from './parceltext'",
}

// pageKeys says which texts of an area the pages use: those they name, and those whose beginning they compose. The
// big screen and the page that packs works have areas of their own; all other sources use those of the judges' page.
func pageKeys(t *testing.T, area string) func(key string) bool {
	t.Helper()
	files, err := filepath.Glob("../web/src/*.ts*")
	if err != nil || len(files) < 5 {
		t.Fatal(len(files), err)
	}
	var all strings.Builder
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		of := "page"
		for other, from := range pageTexts {
			if from != "" && bytes.Contains(raw, []byte(from)) {
				of = other
			}
		}
		if of == area {
			all.Write(raw)
		}
	}
	source := all.String()
	known := texts(t, Languages[0])
	for _, m := range regexp.MustCompile(`[^\w]t\('([a-z0-9_]+)'\s*([,)+])`).FindAllStringSubmatch(source, -1) {
		if _, ok := known[area+"."+m[1]]; !ok && m[2] != "+" {
			t.Errorf("the catalogue has no %s.%s", area, m[1])
		}
	}
	return func(key string) bool {
		if strings.Contains(source, "'"+key+"'") {
			return true
		}
		for i, c := range key {
			if c == '_' && strings.Contains(source, "'"+key[:i+1]+"' +") {
				return true
			}
		}
		return false
	}
}

// TestEveryVerbOfTheJournalHasAText: what is written to the journal is shown by a text of its own, not as another
// change.
func TestEveryVerbOfTheJournalHasAText(t *testing.T) {
	known, verb, seen := texts(t, Languages[0]), regexp.MustCompile(`^(rehearse|[a-z]+\.[a-z_-]*)$`), 0
	begins := func(key string) bool {
		for k := range known {
			if strings.HasPrefix(k, key) {
				return true
			}
		}
		return false
	}
	look := func(path string, n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || !slices.Contains(journalWriters, name(call.Fun)) {
			return true
		}
		for _, arg := range call.Args {
			composed := false
			if sum, is := arg.(*ast.BinaryExpr); is {
				arg, composed = sum.X, true
			}
			word := literal(arg)
			if !verb.MatchString(word) {
				continue
			}
			seen++
			key := "app.tale_" + strings.NewReplacer(".", "_", "-", "_").Replace(word)
			if known[key] == "" && !(composed && begins(key)) {
				t.Errorf("%s: no text says what %q did", path, word)
			}
		}
		return true
	}
	err := filepath.WalkDir("../judging", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err == nil {
			ast.Inspect(f, func(n ast.Node) bool { return look(path, n) })
		}
		return err
	})
	if err != nil || seen < 80 {
		t.Fatalf("%d verbs found: %v", seen, err)
	}
}
