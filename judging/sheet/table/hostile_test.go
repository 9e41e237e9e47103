package table

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/sheettest"
)

const head = `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>作品名称</t></is></c>` +
	`<c r="B1" t="inlineStr"><is><t>作者</t></is></c></row>`

// tryRead opens and reads a file and returns the key of the error, "" for none.
func tryRead(t testing.TB, path string, limits grid.Limits) string {
	t.Helper()
	b, err := read.Open(path, "x", limits)
	if err == nil {
		_, _, err = ReadWorks(context.Background(), b, contest, mapping.Options{}, func(WorkRow) error { return nil })
		b.Close()
	}
	var e *judging.Error
	if err != nil && !errors.As(err, &e) {
		t.Fatalf("not a judging.Error: %v", err)
	}
	if e == nil {
		return ""
	}
	return e.Text
}

func TestHostileWorkbooksGiveAnError(t *testing.T) {
	tail := "</sheetData></worksheet>"
	long := strings.Repeat("长", 60_000)
	for _, c := range []struct {
		name, sheet, shared string
		limits              grid.Limits
		want                string
	}{
		{"breaks off in a row", head + `<row r="2"><c r="A2"><v>1</v>`, "", grid.Limits{}, "sheet.broken"},
		{"breaks off between rows", head, "", grid.Limits{}, "sheet.truncated"},
		{"broken tags", head + `<row r="2"><c r="A2"><v>1<</v></c></row>` + tail, "", grid.Limits{}, "sheet.broken"},
		{"a row beyond the limit", head + `<row r="101"><c r="A101"><v>1</v></c></row>` + tail, "", grid.Limits{
			Rows: 100,
		}, "sheet.too_many_rows"},
		{
			"a row that cannot be", head + `<row r="99999999999"><c><v>1</v></c></row>` + tail, "", grid.Limits{},
			"sheet.too_many_rows",
		},
		{
			"a row below the first", head + `<row r="-5"><c><v>1</v></c></row>` + tail, "", grid.Limits{},
			"sheet.too_many_rows",
		},
		{"blank rows beyond the limit do no harm", head + `<row r="1048577"/>` + tail, "", grid.Limits{Rows: 100}, ""},
		{
			"a column beyond the limit", head + `<row r="2"><c r="XFD2"><v>1</v></c></row>` + tail, "", grid.Limits{},
			"sheet.too_many_columns",
		},
		{
			"a " +
				"long cell", head + `<row r="2"><c r="A2" t="str"><v>` + long + `</v></c></row>` + tail, "",
			grid.Limits{},
			"sheet.long_cell",
		},
		{
			"a long shared string", head + tail, "<sst><si><t>" + strings.Repeat("long", 500_000) + "</t></si></sst>",
			grid.Limits{}, "sheet.too_big",
		},
		{"a string that is " +
			"not there", head + `<row r="2"><c r="A2" t="s"><v>7</v></c></row>` + tail, "", grid.Limits{}, ""},
		{"too much unpacked", head + strings.Repeat(`<row r="2"/>`, 100_000) + tail, "", grid.Limits{
			Unzipped: 1 << 20,
		}, "sheet.too_big"},
		{"another character set", "\xff\xfe<\x00w\x00>\x00", "", grid.Limits{}, "sheet.truncated"},
		{
			"bytes that are no text", head + "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>\xff\xfe</v></c></row>" + tail, "",
			grid.Limits{}, "sheet.broken",
		},
		{
			"quotes that hide the end",
			head + `<row r="2"><c r="A2" x="` + strings.Repeat(">", 900_000) + `"><v>1</v></c></row>` + tail, "",
			grid.Limits{}, "",
		},
		{
			"a quote that never ends", head + `<row r="2"><c r="A2><v>1</v></c></row>` + tail, "", grid.Limits{},
			"sheet.broken",
		},
		{
			"text in endless pieces",
			head + `<row r="2"><c r="A2" t="str"><v>` + strings.Repeat("0123456789<!---->", 500_000) +
				`</v></c></row>` + tail,
			"", grid.Limits{}, "sheet.too_big",
		},
		{
			"a string in endless runs", head + tail,
			"<sst><si>" + strings.Repeat("<r><t>0123456789</t></r>", 500_000) + "</si></sst>", grid.Limits{},
			"sheet.too_big",
		},
		{
			"merges that overlap everywhere",
			head + tail + "<mergeCells>" + strings.Repeat(`<mergeCell ref="A1:XFD1048576"/>`, 5000) + "</mergeCells>",
			"", grid.Limits{}, "",
		},
		{
			"merges without sense",
			head + `<row r="2"><c r="A2"><v>1</v></c></row>` + tail +
				`<mergeCells><mergeCell ref="B2:A1"/><mergeCell ref="A0:B1"/><mergeCell ref=":"/>` +
				`<mergeCell/></mergeCells>`,
			"", grid.Limits{}, "",
		},
	} {
		if got := tryRead(t, sheettest.RawBook(t, strings.NewReader(c.sheet), c.shared), c.limits); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestABombIsRefusedByItsHeader(t *testing.T) {
	if got := tryRead(t, sheettest.RawBook(t, io.LimitReader(zeros{}, 200<<20), ""), grid.Limits{}); got != "shee"+
		"t.too_big" {
		t.Errorf("%q", got)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func TestHostileTextIsBounded(t *testing.T) {
	for _, c := range []struct {
		name, text string
		limits     grid.Limits
		want       string
	}{
		{"an open quote", "作品名称,作者\n\"" + strings.Repeat("守法,甲某\n", 20_000), grid.Limits{}, ""},
		{"a long line", "作品名称,作者\n" + strings.Repeat("守法", 200_000), grid.Limits{}, "sheet.long_cell"},
		{"many columns", "作品名称,作者" + strings.Repeat(",a", 2000), grid.Limits{}, "sheet.too_many_columns"},
		{"many rows", strings.Repeat("守法,甲某\n", 200), grid.Limits{Rows: 100}, "sheet.too_many_rows"},
		{
			"a page of endless spans",
			"<table>" + strings.Repeat(`<tr><td rowspan=9999 colspan=9999>a`, 300) + "</table>", grid.Limits{},
			"sheet.too_many_columns",
		},
		{
			"a page of many columns", "<table><tr>" + strings.Repeat("<td>a", 3000) + "</table>", grid.Limits{},
			"sheet.too_many_columns",
		},
		{"a page of many rows", "<table>" + strings.Repeat("<tr>", 300) + "</table>", grid.Limits{
			Rows: 100,
		}, "sheet.too_many_rows"},
	} {
		if got := tryRead(t, sheettest.TextFile(t, "x.csv", c.text), c.limits); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestOddButWholeWorkbooksAreRead(t *testing.T) {
	shared := `<sst><si><t>作品名称</t></si><si><r><t>作</t></r><r><t>者</t></r><rPh><t>zuozhe</t></rPh></si><si>` +
		`<t xml:space="preserve"> 守_x000D_法 </t></si></sst>`
	sheet := `<x:worksheet xmlns:x="y"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s">` +
		`<x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:t>类别</x:t></x:is></x:c></x:row>` +
		`<x:row><x:c t="s"><x:v>2</x:v></x:c><x:c t="str"><x:v><![CDATA[甲某]]></x:v></x:c><x:c t="str">` +
		`<x:v>书&#27861;</x:v></x:c></x:row></x:sheetData></x:worksheet>`
	r := readWorks(t, sheettest.RawBook(t, strings.NewReader(sheet), shared), mapping.Options{})
	if got := fmt.Sprint(briefs(r.rows)); got != "[2 标题=守法 类=书法 作者=甲某]" {
		t.Errorf("%s", got)
	}
}
