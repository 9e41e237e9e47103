package paper

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/sheet/grid"
)

func openAwards(t *testing.T, list AwardList) *excelize.File {
	words := paperWords(t, "zh")
	return openWritten(t, func(b *bytes.Buffer) error { return WriteAwardList(b, list, words) })
}

func awardRows(t *testing.T, f *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestAnAwardListHasASheetForEachCategory(t *testing.T) {
	f := openAwards(t, sampleAwards(2))
	if got := f.GetSheetList(); !slices.Equal(got, []string{"书法", "绘画", "微视频"}) {
		t.Fatal(got)
	}
	rows := awardRows(t, f, "绘画")
	if rows[0][0] != "【演练】2020年灌云县法治文化作品征集获奖名单（绘画）" || !strings.HasPrefix(rows[1][0], "公示期") {
		t.Errorf("top %q", rows[:2])
	}
	if want := []string{"序号", "奖项", "作品名称", "组别", "作者", "单位", "指导教师"}; !slices.Equal(rows[2], want) {
		t.Errorf("heads %q", rows[2])
	}
	if want := []string{"1", "一等奖", "宪法在我心中", "小学组", "张三", "灌云县实验小学", "李四"}; !slices.Equal(rows[3], want) {
		t.Errorf("first %q", rows[3])
	}
	if rows[18][0] != "16" || rows[18][3] != "成人组" || rows[19][0] != "共 16 件：一等奖 4 件，二等奖 4 件，三等奖 4 件，优秀奖 4 件。" {
		t.Errorf("end %q", rows[18:20])
	}
	if rows[21][0] != "主办单位（盖章）：灌云县司法局" || rows[22][0] != "2020年5月12日" {
		t.Errorf("signature %q", rows[20:])
	}
	checkPrint(t, f, "绘画", "landscape", "'绘画'!$3:$3")
	if size, err := f.GetSheetDimension("绘画"); err != nil || size != "A1:G23" {
		t.Errorf("size %q %v", size, err)
	}
}

func TestOneSheetNamesTheCategoriesAndShowsWhatIsAskedFor(t *testing.T) {
	list := sampleAwards(1)
	list.OneSheet, list.Note, list.Date, list.Title = true, "", "", "法治文化作品获奖名单"
	list.Columns = []AwardColumn{AwardPlace, AwardCategory, AwardTitle, AwardScore}
	list.Sections[0].Rows[0].No = 7
	f := openAwards(t, list)
	rows := awardRows(t, f, "获奖名单")
	if rows[0][0] != "【演练】法治文化作品获奖名单" || !slices.Equal(rows[1], []string{"名次", "类别", "作品名称", "成绩"}) ||
		!slices.Equal(rows[2], []string{"1", "书法", "宪法在我心中", "91.25"}) {
		t.Errorf("%q", rows[:3])
	}
	if kind, err := f.GetCellType("获奖名单", "D3"); err != nil || kind == excelize.CellTypeInlineString ||
		kind == excelize.CellTypeSharedString {
		t.Errorf("a score is text: %v %v", kind, err)
	}
	checkPrint(t, f, "获奖名单", "portrait", "'获奖名单'!$2:$2")
}

func TestAwardTextNeverBecomesAFormula(t *testing.T) {
	list := AwardList{
		Title: "=1+1",
		Sections: []AwardSection{{
			Category: "=C",
			Rows:     []AwardRow{{Award: "=A", Title: "@x", Authors: []string{"+y"}, Unit: "-z"}},
		}},
	}
	f := openAwards(t, list)
	sheet := f.GetSheetList()[0]
	for _, cell := range []string{"A1", "B3", "C3", "D3", "E3"} {
		formula, err := f.GetCellFormula(sheet, cell)
		kind, err2 := f.GetCellType(sheet, cell)
		if err != nil || err2 != nil || formula != "" ||
			kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
			t.Errorf("%s: formula %q type %v", cell, formula, kind)
		}
	}
}

func TestRowsAreTallEnoughForTheirText(t *testing.T) {
	f := openAwards(t, sampleAwards(2))
	short, err := f.GetRowHeight("书法", 4)
	long, err2 := f.GetRowHeight("书法", 5)
	if err != nil || err2 != nil || long < short+10 {
		t.Errorf("a row of several lines is %v points high, one of one line %v (%v %v)", long, short, err, err2)
	}
}

// What stands below a list at the right, a long name of the office above all, is not cut at the left.
func TestSignaturesWrapAndHaveTheRoom(t *testing.T) {
	host := strings.Repeat("某某县全面依法治县委员会守法普法协调小组办公室、", 3) + "某某县司法局"
	list := sampleAwards(2)
	list.Host = host
	p := Paper{Name: "作品", Columns: []PaperColumn{{Head: "作品", Least: 20, Most: 30}}, Foot: []string{host}, Signed: 1}
	words := paperWords(t, "zh")
	for sheet, f := range map[string]*excelize.File{
		"书法": openAwards(t, list),
		"作品": openWritten(t, func(b *bytes.Buffer) error { return WritePapers(b, "作品", []Paper{p}, words) }),
	} {
		at := 0
		for i, row := range awardRows(t, f, sheet) {
			if len(row) > 0 && strings.HasSuffix(row[0], host) {
				at = i + 1
			}
		}
		if at == 0 {
			t.Fatalf("%s: no line with the office", sheet)
		}
		style, err := f.GetCellStyle(sheet, grid.Ref(1, at))
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.GetStyle(style)
		height, err2 := f.GetRowHeight(sheet, at)
		if err != nil || err2 != nil || s.Alignment == nil || !s.Alignment.WrapText || height < 2*s.Font.Size {
			t.Errorf("%s: %v points high, %+v (%v %v)", sheet, height, s.Alignment, err, err2)
		}
	}
}

func TestTextIsMeasuredInChineseCharacters(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64
		lines int
	}{
		{"", 10, 1}, {"法治", 10, 1}, {"法治文化作品", 10, 2}, {"法治\n文化", 10, 2}, {"abcdefgh", 10, 1},
		{strings.Repeat("法", 50), 10, 10}, {"法", 0, 1},
	} {
		if got := textLines(c.text, 12, c.width); got != c.lines {
			t.Errorf("%q in %v: %d lines, want %d", c.text, c.width, got, c.lines)
		}
	}
	if w := textUnits("法治", 12); w != 4 {
		t.Errorf("two characters of 12 points are %v units wide", w)
	}
}

func TestASignatureNeverStandsAloneOnItsPage(t *testing.T) {
	words, moved := paperWords(t, "zh"), 0
	for n := 1; n < 60; n++ {
		list := AwardList{Title: "名单", Host: "司法局", Sections: []AwardSection{{Category: "书法"}}}
		for range n {
			list.Sections[0].Rows = append(list.Sections[0].Rows, AwardRow{
				Award:   "一等奖",
				Title:   "宪法",
				Authors: []string{"张三"},
			})
		}
		var b bytes.Buffer
		if err := WriteAwardList(&b, list, words); err != nil {
			t.Fatal(err)
		}
		heights, breaks := rowHeights(t, b.Bytes(), n+6)
		moved += len(breaks)
		if got := worksBeside(heights, breaks, n); got == 0 {
			t.Errorf("%d works: the signature stands alone", n)
		}
	}
	if moved < 2 {
		t.Error("no list came near the end of its page: the test shows nothing")
	}
}

// rowHeights reads the heights of rows and the rows after which a page is to end.
func rowHeights(t *testing.T, file []byte, rows int) (heights []float64, breaks map[int]bool) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for row := 1; row <= rows; row++ {
		h, err := f.GetRowHeight("书法", row)
		if err != nil {
			t.Fatal(err)
		}
		heights = append(heights, h)
	}
	breaks = map[int]bool{}
	part, _ := f.Pkg.Load("xl/worksheets/sheet1.xml")
	for _, m := range regexp.MustCompile(`<brk id="(\d+)"`).FindAllSubmatch(part.([]byte), -1) {
		id, err := strconv.Atoi(string(m[1]))
		if err != nil {
			t.Fatal(err)
		}
		breaks[id] = true
	}
	return heights, breaks
}

// worksBeside counts the works, in rows 3 to n+2, on the page of the last row.
func worksBeside(heights []float64, breaks map[int]bool, n int) int {
	const page = (297/25.4 - 0.65 - 0.75) * 72
	used, works := 0.0, 0
	for i, h := range heights {
		row := i + 1
		if used+h > page || breaks[row-1] {
			used, works = heights[1], 0
		}
		used += h
		if row >= 3 && row <= n+2 {
			works++
		}
	}
	return works
}

func TestAnEmptyAwardListSaysSo(t *testing.T) {
	f := openAwards(t, AwardList{Contest: "征集"})
	if rows := awardRows(t, f, "获奖名单"); rows[2][0] != "没有获奖作品。" {
		t.Errorf("%q", rows)
	}
}

func TestAnUnknownAwardColumnIsRefused(t *testing.T) {
	list := sampleAwards(1)
	list.Columns = []AwardColumn{"phone"}
	for _, one := range []bool{true, false} {
		list.OneSheet = one
		if err := WriteAwardList(io.Discard, list, paperWords(t, "zh")); !errors.Is(err, &judging.Error{
			Code: judging.Invalid,
			Text: "paper.award_column_unknown",
		}) {
			t.Errorf("one sheet %v: %v", one, err)
		}
	}
}

func TestEqualAwardListsAreEqualBytes(t *testing.T) {
	words := paperWords(t, "en")
	var a, b bytes.Buffer
	for _, out := range []*bytes.Buffer{&a, &b} {
		if err := WriteAwardList(out, sampleAwards(3), words); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two writings differ")
	}
}

// BenchmarkAwardList writes 10,000 awarded works, the list as it is and the same table by plain cell writes.
func BenchmarkAwardList(b *testing.B) {
	words := paperWords(b, "zh")
	list := sampleAwards(0)
	list.OneSheet, list.Sections = true, list.Sections[:1]
	for i := range 10_000 {
		list.Sections[0].Rows = append(list.Sections[0].Rows, AwardRow{Award: "一等奖", Title: fmt.Sprintf("宪法在我心中之%d", i),
			Authors: []string{"张三", "李四"}, Unit: "灌云县实验小学", Teachers: []string{"王五"}})
	}
	b.Run("list", func(b *testing.B) {
		for b.Loop() {
			if err := WriteAwardList(io.Discard, list, words); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			f := excelize.NewFile()
			for i, r := range list.Sections[0].Rows {
				for j, v := range []any{
					i + 1, r.Award, r.Title, "书法", "小学组", strings.Join(r.Authors, "、"), r.Unit,
					strings.Join(r.Teachers, "、"),
				} {
					if err := f.SetCellValue("Sheet1", grid.Ref(j+1, i+1), v); err != nil {
						b.Fatal(err)
					}
				}
			}
			if err := f.Write(io.Discard); err != nil {
				b.Fatal(err)
			}
			f.Close()
		}
	})
}
