package paper

import (
	"bytes"
	"context"
	"encoding/csv"
	"math"
	"os"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/score"
	"fayi/judging/sheet/sheettest"
)

// FuzzScoreSheet reads filled score sheets: any bytes; a list in text after a whole identity; and the cells of a
// workbook after one.
func FuzzScoreSheet(f *testing.F) {
	s := sampleScoreSheet(6, false)
	var whole, list bytes.Buffer
	if err := WriteScoreSheet(&whole, s, paperWords(f, "zh")); err != nil {
		f.Fatal(err)
	}
	b, err := read.Open(sheettest.TempFile(f, "x.xlsx", whole.Bytes()), "x", grid.Limits{})
	if err != nil {
		f.Fatal(err)
	}
	defer b.Close()
	var rows [][]string
	if err := b.Rows(0, nil, func(l grid.Line) error {
		var row []string
		for _, c := range l.Cells {
			row = append(row, c.Text)
		}
		rows = append(rows, row)
		return nil
	}); err != nil {
		f.Fatal(err)
	}
	if err := csv.NewWriter(&list).WriteAll(rows); err != nil {
		f.Fatal(err)
	}
	id := score.SheetIdentity{
		Contest: s.Contest,
		Judge:   "j007",
		Round:   2,
		Plan:    "a1b2c3d4e5f6",
		Format:  score.SheetFormat,
	}.IdentityLine()
	f.Add(whole.Bytes(), byte(0))
	f.Add(list.Bytes(), byte(1))
	f.Add([]byte("作品编号,合计\nSF-0001,84\nSF-0001,85\n"), byte(1))
	f.Add(
		[]byte(
			`<row r="2"><c t="inlineStr"><is><t>作品编号</t></is></c><c t="inlineStr"><is><t>合计</t></is></c></row>`+
				`<row r="3"><c><v>1e300</v></c><c t="e"><v>#REF!</v></c></row>`,
		),
		byte(2),
	)
	f.Fuzz(func(t *testing.T, data []byte, how byte) {
		var path string
		switch how % 3 {
		case 0:
			path = sheettest.TempFile(t, "x", data)
		case 1:
			path = sheettest.TempFile(t, "x.csv", append([]byte(id+"\n"), data...))
		default:
			path = sheettest.RawBook(
				t,
				strings.NewReader(
					`<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>`+id+`</t></is></c></row>`+
						string(data)+`</sheetData></worksheet>`,
				),
				"",
			)
		}
		defer os.Remove(path)
		got, _, err := score.ReadScoreSheet(context.Background(), path, "x")
		sheettest.MustBeOurs(t, err)
		seen := map[judging.WorkCode]bool{}
		for _, b := range got.Ballots {
			if b.Code == "" || seen[b.Code] {
				t.Fatalf("the work %q stands twice or has no code", b.Code)
			}
			seen[b.Code] = true
			for _, v := range b.Marks {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Fatalf("a mark of %v", v)
				}
			}
		}
	})
}
