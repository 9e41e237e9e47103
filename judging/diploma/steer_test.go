package diploma

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"maps"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
)

// steered is a value that ends its line by every sign that ends one and goes on as if the paper said it, turns the
// text round, gives a terminal an order, and holds what takes no room. It is short, so that it stands on one line.
const steered = "甲\n伪\r伪\u0085伪\u2028伪\u2029伪\x1b[2J\u009b\a\x7f\u202e\u2067\u200f\u200b\u2060\ufeff乙"

// plantIn puts s into every text that a paper takes, however deep, and gives every list two elements.
func plantIn(v reflect.Value, s string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			plantIn(v.Index(i), s)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				plantIn(v.Field(i), s)
			}
		}
	}
}

func planted[T any](s string) T {
	var v T
	plantIn(reflect.ValueOf(&v).Elem(), s)
	return v
}

// papersOf lists what writes a paper, by the name of its function, with every text of it s.
func papersOf(t *testing.T, s string) map[string]func(io.Writer) error {
	say := words(t)
	list := planted[ListPaper](s)
	list.Words = say
	for i := range list.Tables {
		list.Tables[i].Right = nil
	}
	signOff := planted[SignOffSheet](s)
	signOff.Words, signOff.Round = say, 1
	for i := range signOff.Rows {
		signOff.Rows[i].State, signOff.Rows[i].Code = judging.Scored, "甲\n伪" // its column is narrow
	}
	pass, room, recovery := planted[PassSlip](s), planted[RoomSlip](s), planted[RecoverySlip](s)
	pass.Words, room.Words, recovery.Words = say, say, say
	series, one := planted[Series](s), planted[Certificate](s)
	series.Words = say
	album := planted[Album](s)
	album.Words = say
	for i := range album.Works {
		album.Works[i].Pictures, album.Works[i].Texts = nil, nil // a text has lines
	}
	tiles, poster, slip := planted[TileMap](s), planted[Poster](s), planted[LinkSlip](s)
	tiles.Words, poster.Words, slip.Words = say, say, say
	tiles.Table.Right = nil
	for _, g := range tiles.Groups {
		for i := range g.Tiles {
			g.Tiles[i].Name, g.Tiles[i].Word = "甲\n伪", "甲\n伪" // a tile is narrow
		}
	}
	pledges := planted[PledgeForm](s)
	pledges.Words = say
	for i := range pledges.Pages {
		pledges.Pages[i].Text = "甲伪" // a text has lines
	}
	tmpl, err := ReadTemplate(Bundled(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]func(io.Writer) error{
		"List":        func(w io.Writer) error { return List(w, list) },
		"Pledges":     func(w io.Writer) error { return Pledges(w, pledges) },
		"SignOff":     func(w io.Writer) error { return SignOff(w, signOff) },
		"Slip":        func(w io.Writer) error { return Slip(w, pass, pass) },
		"RoomSlips":   func(w io.Writer) error { return RoomSlips(w, room, room) },
		"RuleSheet":   func(w io.Writer) error { return RuleSheet(w, planted[RulePage](s)) },
		"Write":       recovery.Write,
		"Map":         func(w io.Writer) error { return Map(w, tiles) },
		"LinkSlips":   func(w io.Writer) error { return LinkSlips(w, slip, slip) },
		"WritePoster": func(w io.Writer) error { return WritePoster(w, poster) },
		"WriteAlbum": func(w io.Writer) error {
			_, err := WriteAlbum(w, album)
			return err
		},
		"Certificates": func(w io.Writer) error {
			return Certificates(w, tmpl, series, []Certificate{one, one})
		},
	}
}

// TestNoPaperSteersWhoReadsIt plants such values into every text of every paper, and has other programs read it.
func TestNoPaperSteersWhoReadsIt(t *testing.T) {
	papers := papersOf(t, steered)
	if want := slices.Sorted(maps.Keys(papers)); !slices.Equal(want, writers(t)) {
		t.Fatalf("papers looked at: %v; written: %v", want, writers(t))
	}
	for name, write := range papers {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(name, err)
		}
		path := keep(t, "steer-"+name+".pdf", b.Bytes())
		said := read(t, path)
		about, err := exec.Command("pdfinfo", path).Output()
		if err != nil {
			t.Fatal(name, err)
		}
		if strings.Count(said, "伪") < 5 || !strings.Contains(string(about), "伪") && name[0] != 'S' && name[0] != 'R' &&
			name != "Write" && name != "LinkSlips" {
			t.Errorf("%s: the value is not there: %s %s", name, said, about)
		}
		said += string(about)
		for _, r := range said {
			if r < ' ' && r != '\n' && r != '\f' || r >= 0x7F && r <= 0x9F || r == 0x2028 || r == 0x2029 ||
				r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x206F || r == 0xFEFF ||
				r == missingMark {
				t.Errorf("%s says %U", name, r)
			}
		}
		for line := range strings.Lines(said) {
			if strings.HasPrefix(strings.TrimSpace(line), "伪") {
				t.Errorf("%s says a line that a value forged: %q", name, line)
			}
		}
	}
}

// writers lists the functions of this package that write papers: they take a Writer.
func writers(t *testing.T) (out []string) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || !fn.Name.IsExported() || len(fn.Type.Params.List) == 0 {
				continue
			}
			if s, ok := fn.Type.Params.List[0].Type.(*ast.SelectorExpr); ok && s.Sel.Name == "Writer" {
				out = append(out, fn.Name.Name)
			}
		}
	}
	slices.Sort(out)
	return out
}

// TestATemplateEndsItsLinesButNoValueDoes: the makers of a template may, the names that are filled in may not.
func TestATemplateEndsItsLinesButNoValueDoes(t *testing.T) {
	x := Text{Text: "授予\n{author}：", X: 20, Y: 20, Width: 200, Height: 60, Size: 20}
	var b bytes.Buffer
	err := Certificates(&b, Template{Texts: []Text{x}}, Series{Words: words(t)}, []Certificate{{Author: "甲\n乙"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Fields(read(t, keep(t, "lines.pdf", b.Bytes()))); !slices.Equal(got, []string{"授予", "甲", "乙："}) {
		t.Errorf("it says %q", got)
	}
}

// TestACodeHasALineForEachValue: who scans it takes a line for what the certificate says at that place.
func TestACodeHasALineForEachValue(t *testing.T) {
	plain, evil := planted[Certificate]("甲"), planted[Certificate](steered)
	plain.Code, evil.Code = "0000-0000-0000-0000", "0000-0000-0000-0000"
	s := Series{Contest: "征集", Words: words(t)}
	if a, b := plain.Proof(s), evil.Proof(s); strings.Count(a, "\n") != strings.Count(b, "\n") ||
		strings.ContainsAny(b, "\r\u0085\u2028\x1b\u202e\u200b") {
		t.Errorf("%q", b)
	}
}
