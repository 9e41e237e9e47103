// Package sheettest makes the files that the tests of read, table and paper read: workbooks, raw xlsx parts, texts.
// Only tests import it.
package sheettest

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
)

// MustBeOurs stops the test at an error that is no judging.Error, or that a panic became.
func MustBeOurs(t *testing.T, err error) {
	var e *judging.Error
	if err != nil && !errors.As(err, &e) {
		t.Fatalf("not a judging.Error: %v", err)
	}
	if judging.CodeOf(err) == judging.Internal { // a row that is not accounted for
		t.Fatalf("the program failed: %v", err)
	}
	if e != nil && strings.Contains(e.Error(), "decoder:") {
		t.Fatalf("a decoder panicked: %v", err)
	}
}

// RawBook makes an xlsx of the sheet's XML, shared strings and styles as given.
func RawBook(t testing.TB, sheet io.Reader, shared string, styles ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	put := func(name string, r io.Reader) {
		p, err := w.Create(name)
		if err == nil {
			_, err = io.Copy(p, r)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	put(
		"xl/workbook.xml",
		strings.NewReader(`<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`),
	)
	put(
		"xl/_rels/workbook.xml.rels",
		strings.NewReader(
			`<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>`+
				`</Relationships>`,
		),
	)
	put("xl/worksheets/sheet1.xml", sheet)
	if shared != "" {
		put("xl/sharedStrings.xml", strings.NewReader(shared))
	}
	for _, s := range styles {
		put("xl/styles.xml", strings.NewReader(s))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return TextFile(t, "x.xlsx", b.String())
}

// TempFile writes data to a file of that name and returns its path.
func TempFile(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Page is one worksheet of a test's workbook: rows of cells from A1, merged ranges.
type Page struct {
	Name  string
	Rows  [][]any
	Merge []string
	Edit  func(f *excelize.File, sheet string)
}

// Workbook writes pages with excelize and returns the file's path.
func Workbook(t testing.TB, pages ...Page) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, p := range pages {
		if p.Name == "" {
			p.Name = "Sheet1"
		}
		if i == 0 {
			must(f.SetSheetName("Sheet1", p.Name))
		} else if _, err := f.NewSheet(p.Name); err != nil {
			t.Fatal(err)
		}
		for r, cells := range p.Rows {
			for c, v := range cells {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				must(err)
				if v != nil {
					must(f.SetCellValue(p.Name, at, v))
				}
			}
		}
		for _, m := range p.Merge {
			from, to, _ := strings.Cut(m, ":")
			must(f.MergeCell(p.Name, from, to))
		}
		if p.Edit != nil {
			p.Edit(f, p.Name)
		}
	}
	path := filepath.Join(t.TempDir(), "报送表.xlsx")
	must(f.SaveAs(path))
	return path
}

// TextFile is TempFile for text.
func TextFile(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
