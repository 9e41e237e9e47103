package read

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/sheettest"
)

const odsHead = `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:automatic-styles>` +
	`<style:style style:name="hid" style:family="table"><style:table-properties table:display="false"/></style:style>` +
	`</office:automatic-styles><office:body><office:spreadsheet>`

// odsWords are the short forms of tags and attributes in these tests.
var odsWords = strings.NewReplacer("<T", "<table:table", "</T", "</table:table", "<R", "<table:table-row",
	"</R", "</table:table-row", "<C", "<table:table-cell", "</C", "</table:table-cell", "<p>", "<text:p>",
	"</p>", "</text:p>", " rows=", " table:number-rows-repeated=", " cols=", " table:number-columns-repeated=")

// odsFile makes a document of tables, with further parts.
func odsFile(t testing.TB, tables string, more ...string) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	parts := append([]string{"mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml",
		odsHead + odsWords.Replace(tables) + `</office:spreadsheet></office:body></office:document-content>`}, more...)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return sheettest.TempFile(t, "表.ods", out.Bytes())
}

func odsText(s string) string { return `<C><p>` + s + `</p></C>` }

func odsRow(cells string) string { return `<R>` + cells + `</R>` }

func TestOpenDocumentAsProgramsWriteIt(t *testing.T) {
	for name, c := range map[string]struct{ tables, want string }{
		"repeated rows and cells": {
			`<T table:name="a&amp;b"><R rows="3">` + odsText("甲") +
				`<C cols="2"/><C cols="2">` +
				`<p>乙</p></C></R><R rows="9">` +
				`<C cols="1024"/></R>` + odsRow(odsText("丙")) +
				`<R rows="1048563"><C ` +
				`cols="16384"/></R></T>`,
			"# a&b\n1\t甲\t\t\t乙\t乙\n2\t甲\t\t\t乙\t乙\n3\t甲\t\t\t乙\t乙\n13\t丙\n",
		},
		"spaces, spans, lines and a note": {
			`<T table:name="s"><R><C><office:annotation><p>批注</p>` +
				`</office:annotation><p>法<text:span>治</text:span><text:s text:c="2"/>文\n  化</p>` +
				`<p>二<text:line-break/>三<text:tab/>四</p><draw:frame><draw:text-box><p>图</p>` +
				`</draw:text-box></draw:frame></C></R></T>`,
			"# s\n1\t法治  文 化\\n二\\n三\\t四\n",
		},
		"values without their text, as simple writers leave them": {
			`<T table:name="v">` + odsRow(`<C office:value-type="float" office:value="13800138001"/>`+
				`<C office:value-type="date" office:date-value="2026-12-04"/>`+
				`<C office:value-type="boolean" office:boolean-value="true"/>`+
				`<C office:value-type="string" office:string-value="甲&amp;乙"/>`+
				`<C office:value-type="float" office:value="13800138001"><p>1.38E+10</p>`+
				`</C>`) + `</T>`,
			"# v\n1\t13800138001\t2026/12/4\tTRUE\t甲&乙\t13800138001\n",
		},
		"a covered cell, a table in a cell": {
			`<T table:name="m"><R><C table:number-rows-spanned="2"><p>上</p>` +
				`</C><C><T><R><C><p>里</p>` +
				`</C></R></T><p>外</p></C></R>` +
				odsRow(`<table:covered-table-cell><p>盖住</p></table:covered-table-cell>`+odsText("下")) +
				`</T>`,
			"# m\n1\t上\t外\n2\t\t下\n",
		},
		"a hidden sheet": {`<T table:name="h" table:style-name="hid">` + odsRow(odsText("甲")) + `</T>`,
			"# h\n1\t甲\n"},
	} {
		t.Run(name, func(t *testing.T) {
			path := odsFile(t, strings.ReplaceAll(c.tables, `\n`, "\n"))
			if got := dumped(t, path); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestOpenDocumentSaysWhatIsHiddenMergedAndNotStored(t *testing.T) {
	b, err := Open(odsFile(t, `<T table:name="h" table:style-name="hid"><R `+
		`table:visibility="collapse"><C table:formula="of:=A1"/><C table:formula="of:=1/0" `+
		`office:value-type="string"><p>#DIV/0!</p></C><C `+
		`table:number-columns-spanned="2" `+
		`table:number-rows-spanned="3" office:value-type="float" office:value="0.855">`+
		`<p>86%</p></C></R></T>`), "x", grid.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if got := b.Infos(); len(got) != 1 || !got[0].Hidden {
		t.Errorf("%+v", got)
	}
	areas, err := b.Merges(0)
	if err != nil || fmt.Sprint(areas) != "[{1 2 3 3}]" {
		t.Errorf("%v, %v", areas, err)
	}
	err = b.Rows(0, nil, func(l grid.Line) error {
		want := []grid.Cell{{Kind: grid.FormulaCell}, {Text: "#DIV/0!", Kind: grid.ErrorCell},
			{Text: "86%", Stored: "0.855", Kind: grid.NumberCell}}
		if !l.Hidden || fmt.Sprint(l.Cells) != fmt.Sprint(want) {
			t.Errorf("%+v", l)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestHostileOpenDocumentIsBounded(t *testing.T) {
	many := strings.Repeat(odsText("甲"), 500)
	for name, c := range map[string]struct{ path, want string }{
		"a million rows of text": {
			odsFile(t, `<T><R rows="1048576">`+many+`</R>`),
			"sheet.too_big",
		},
		"more rows than a sheet has": {odsFile(t, strings.Repeat(`<T><R `+
			`rows="1048576">`+odsText("甲")+`</R><R>`+odsText("甲")+
			`</R></T>`, 2)), "sheet.too_many_rows"},
		"a cell repeated to the far right": {odsFile(t, `<T><R><C `+
			`cols="16384"><p>甲</p></C></R></T>`),
			"sheet.too_many_columns"},
		"a password": {odsFile(t, ``, "META-INF/manifest.xml", `<manifest:encryption-data/>`), "sheet.encrypted"},
		"no sheets":  {odsFile(t, ``), "sheet.no_sheets"},
		"spaces": {odsFile(t, `<T><R><C><p>`+
			strings.Repeat(`<text:s text:c="999999"/>`, 9000)+`</p>`), "sheet.too_big"},
		"too many sheets": {odsFile(t, strings.Repeat(`<T/>`, 2000)), "sheet.broken"},
	} {
		start := time.Now()
		_, err := Open(c.path, "x", grid.Limits{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
		if d := time.Since(start); d > 10*time.Second {
			t.Errorf("%s took %v", name, d)
		}
	}
}

// FuzzODS reads the tables of an OpenDocument spreadsheet.
func FuzzODS(f *testing.F) {
	f.Add([]byte(odsHead + odsWords.Replace(`<T table:name="a"><R rows="3">`+odsText("甲")+
		`<table:covered-table-cell/></R></T>`)))
	f.Add([]byte(odsHead + odsWords.Replace(`<T>`+odsRow(`<C office:value-type="date" table:formula="x" `+
		`office:date-value="2026-12-04T10:00:00" table:number-columns-spanned="2"><office:annotation/>`))))
	small := grid.Limits{Unzipped: 4 << 20, Rows: 5000, Columns: 64, Cell: 4096, File: 1 << 20}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := openFlatODS(data, "x", small.WithDefaults())
		if err != nil {
			sheettest.MustBeOurs(t, err)
			return
		}
		for i := range s.Sheets() {
			_, _ = s.Merges(i)
			sheettest.MustBeOurs(t, s.Rows(i, func(grid.Line) error { return nil }))
		}
	})
}
