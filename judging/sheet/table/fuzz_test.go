package table

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/richardlehane/mscfb"
	"golang.org/x/text/encoding/simplifiedchinese"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/sheettest"
)

// small keeps what fuzzing may build up within reason.
var small = grid.Limits{Unzipped: 4 << 20, Rows: 5000, Columns: 64, Cell: 4096, File: 1 << 20}

// readAny opens and reads data in every way. Nothing may panic; an error must be a judging.Error and come without a
// book.
func readAny(t *testing.T, data []byte) {
	path := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := read.Open(path, "x", small)
	if err != nil {
		sheettest.MustBeOurs(t, err)
		if b != nil {
			t.Fatal("a book beside an error")
		}
		return
	}
	defer b.Close()
	b.Infos()
	_, _, err = ReadWorks(context.Background(), b, contest, mapping.Options{}, func(r WorkRow) error {
		if !r.Rejected() && (r.Work.Title == "" || r.Work.Category == "" || r.Work.Source.Row < 1) {
			t.Fatalf("a work without title, category or place: %+v", r)
		}
		return nil
	})
	sheettest.MustBeOurs(t, err)
	_, _, err = ReadJudges(context.Background(), b, contest, mapping.Options{}, func(r JudgeRow) error {
		if !r.Rejected() && r.Judge.Name == "" {
			t.Fatal("a judge without a name")
		}
		return nil
	})
	sheettest.MustBeOurs(t, err)
	if _, err := Preview(b, contest, mapping.Options{}, 3); err != nil {
		sheettest.MustBeOurs(t, err)
	}
}

func FuzzXLSX(f *testing.F) {
	part := head +
		`<row r="2"><c r="A2" t="inlineStr"><is><t>守法</t></is></c><c r="B2" s="1"><v>43963.5</v></c></row>` +
		`</sheetData><mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells></worksheet>`
	f.Add(
		[]byte(part), []byte(`<sst><si><t>a</t></si></sst>`),
		[]byte(
			`<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy/m/d"/></numFmts><cellXfs>`+
				`<xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
		),
	)
	f.Add([]byte(part[:len(part)-30]), []byte(`<sst><si>`), []byte(`<`))
	f.Add(
		[]byte(
			`<x:worksheet><x:sheetData><x:row r="3" hidden="1"><x:c t="e"><x:v>#REF!</x:v></x:c></x:row>`+
				`</x:sheetData></x:worksheet>`,
		),
		[]byte{}, []byte{},
	)
	f.Fuzz(func(t *testing.T, sheet, shared, styles []byte) {
		data, err := os.ReadFile(sheettest.RawBook(t, bytes.NewReader(sheet), string(shared), string(styles)))
		if err != nil {
			t.Fatal(err)
		}
		readAny(t, data)
	})
}

func FuzzXLS(f *testing.F) {
	whole, err := os.ReadFile("../biff/testdata/small.xls")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	doc, err := mscfb.New(bytes.NewReader(whole))
	if err != nil {
		f.Fatal(err)
	}
	for _, part := range doc.File {
		if part.Name != "Workbook" {
			continue
		}
		stream, err := io.ReadAll(part)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(stream) // the bare records, which mutate better
	}
	f.Fuzz(readAny)
}

func FuzzCSV(f *testing.F) {
	plain := "作品名称,作者,类别\n守法,\"甲某、乙某\",书法\n\n合计,1\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(plain)
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{
		plain, gb, "\uFEFF" + plain, "sep=;\na;b", "\xff\xfea\x00", "a\rb\r",
		"<table><tr><td rowspan=2>作品名称<td>作者</tr></table>",
		"<Workbook><Worksheet ss:Name='a'><Row ss:Index=\"5\"><Cell ss:Index=\"3\"/></Row>", "=\"1\",\"", "\"a\"b\",c",
	} {
		f.Add([]byte(s))
	}
	cases, err := filepath.Glob("testdata/cases/*.csv")
	if err != nil || len(cases) == 0 {
		f.Fatal(err)
	}
	for _, path := range cases {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(readAny)
}

func FuzzFile(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
	f.Add([]byte("\x09\x08\x10\x00\x00\x06\x05\x00"))
	f.Add([]byte{})
	whole, err := os.ReadFile(sheettest.RawBook(f, strings.NewReader(head+"</sheetData></worksheet>"), ""))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Fuzz(readAny)
}

func FuzzNames(f *testing.F) {
	for _, s := range []string{"张  三", "甲某、乙某等", "（", "等", "a:b\n", "甲某（三年级）"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		names, _, _ := celltext.SplitNames(s)
		for _, n := range names {
			if judging.Tidy(n) != n || n == "" {
				t.Fatalf("%q gives %q", s, n)
			}
		}
		celltext.ReadPhone(s)
		celltext.ReadIDCard(grid.Cell{Text: s})
		field.Works().Match(s)
		celltext.MatchCategory(contest, s)
	})
}

// FuzzWeb reads pages whatever they hold.
func FuzzWeb(f *testing.F) {
	for _, s := range []string{
		`<table><tr><td rowspan=2 colspan=3>作品名称<td>作者</tr><tr><th/>a<br>b</table>`,
		`<?xml version="1.0"?><Workbook><Worksheet ss:Name='a'><Row ss:Index="5"><Cell ss:Index="3" ` +
			`ss:MergeDown="2"/></Row>`,
		`<html><style>td{}</style><script>"<td>"</script><!-- <tr> --><table><tr><td x:num="1e300">&nbsp;<![CDATA[a]]>`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(readAny)
}
