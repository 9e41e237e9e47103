package score

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/sheettest"
)

func readTable(t *testing.T, data string, matrix bool) (ScoreTable, []judging.Problem, error) {
	t.Helper()
	return ReadScores(context.Background(), sheettest.TempFile(t, "t.csv", []byte(data)), "t.csv", matrix)
}

const longForm = "作品,评委,分数,把握,类别,顺序\n宪法,王老师,85,3,书法,2\n宪法,李老师,90分,中,书法,\n" +
	"法治,王老师,７７.５,,绘画,1\n"

func checkLongForm(t *testing.T, table ScoreTable, problems []judging.Problem, err error) {
	t.Helper()
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	want := []ScoreRow{
		{Score: 85, Confidence: 3, Order: 2, Category: "书法", Row: 2},
		{Judge: 1, Score: 90, Confidence: 2, Category: "书法", Row: 3},
		{Work: 1, Score: 77.5, Order: 1, Category: "绘画", Row: 4},
	}
	if !slices.Equal(table.Works, []string{"宪法", "法治"}) || !slices.Equal(table.Judges, []string{"王老师", "李老师"}) ||
		!reflect.DeepEqual(table.Rows, want) {
		t.Errorf("%+v", table)
	}
}

func TestScoresAreReadInAnyDress(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(longForm)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(longForm)
	if err != nil {
		t.Fatal(err)
	}
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	if _, err := z.Write([]byte(longForm)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"plain":      longForm,
		"marked":     "\uFEFF" + longForm,
		"gb18030":    gb,
		"utf16":      utf16,
		"gzip":       zipped.String(),
		"tabs":       strings.ReplaceAll(longForm, ",", "\t"),
		"semicolons": strings.ReplaceAll(longForm, ",", ";"),
		"windows":    strings.ReplaceAll(longForm, "\n", "\r\n"),
	} {
		t.Run(name, func(t *testing.T) {
			table, problems, err := readTable(t, data, false)
			checkLongForm(t, table, problems, err)
		})
	}
	t.Run("workbook", func(t *testing.T) {
		path := sheettest.Workbook(t, sheettest.Page{
			Name: "说明",
			Rows: [][]any{{"本表由各评委填写"}},
		}, sheettest.Page{
			Name: "分数",
			Rows: [][]any{{"作品", "评委", "分数", "把握", "类别", "评分顺序"}, {"宪法", "王老师", 85, 3, "书法", 2},
				{"宪法", "李老师", "90分", "中", "书法"}, {"法治", "王老师", 77.5, nil, "绘画", 1}},
		})
		table, problems, err := ReadScores(context.Background(), path, "t.csv", false)
		if len(problems) == 0 || problems[0].Text != "sheet.skipped" || problems[0].Sheet != "说明" {
			t.Fatalf("the sheet that is passed over is not named: %+v", problems)
		}
		checkLongForm(t, table, problems[1:], err)
		if a := table.Account; a.Rows != 4 || a.Taken != 3 || a.Noted != 1 || !a.AddsUp() {
			t.Errorf("%+v", a)
		}
		if table.Sheet != "分数" || table.Rows[0].Row != 2 {
			t.Errorf("%q %+v", table.Sheet, table.Rows[0])
		}
	})
}

func TestTheSurestHeadsAreChosen(t *testing.T) {
	table, problems, err := readTable(t, "2020年评分\n\n编号,作品名称,评委,原始分,分数\n1,宪法,王,70,80\n", false)
	if err != nil || len(problems) > 0 || table.Works[0] != "1" || table.Rows[0].Score != 80 || table.Rows[0].Row != 4 {
		t.Errorf("%+v %v %v", table, problems, err)
	}
}

func TestOddScoresAreTold(t *testing.T) {
	for _, c := range []struct {
		row, column, text string
		fatal             bool
		rows              int
	}{
		{"a,w,八十五,", "C", "paper.score_not_number", true, 1},
		{"a,w,NaN,", "C", "paper.score_not_number", true, 1},
		{"a,w,0x1F,", "C", "paper.score_not_number", true, 1},
		{"a,w,99999999999,", "C", "paper.score_impossible", true, 1},
		{"a,w,,", "C", "paper.score_missing", false, 1},
		{"a,w", "C", "paper.score_missing", false, 1},
		{",w,3,", "A", "paper.score_no_work", true, 1},
		{"a,　,3,", "B", "paper.score_no_judge", true, 1},
		{"x,y,3,", "C", "paper.score_twice", true, 1},
		{" x , ｙ,3,", "C", "paper.score_twice", true, 1},
		{"a,w,3,9", "D", "paper.score_confidence", false, 2},
		{"a,w,3,,0", "E", "paper.score_order", false, 2},
		{"a,w,3,,1.5", "E", "paper.score_order", false, 2},
		{"a,w,3,,first", "E", "paper.score_order", false, 2},
	} {
		table, problems, err := readTable(t, "work,judge,score,confidence,order\nx,y,1,2,1\n\n"+c.row+"\n", false)
		if err != nil || len(problems) != 1 || len(table.Rows) != c.rows {
			t.Errorf("%s: %+v %v %v", c.row, table.Rows, problems, err)
			continue
		}
		if p := problems[0]; p.Text != c.text || p.Column != c.column || p.Row != 4 || p.Fatal != c.fatal ||
			p.File != "t.csv" {
			t.Errorf("%s: %+v", c.row, p)
		}
	}
}

func TestAMatrixIsReadByRowsAndColumns(t *testing.T) {
	for name, c := range map[string]struct {
		data          string
		works, judges []string
		rows, odd     int
	}{
		"named": {"作品,王,李\n宪法,80,90\n法治,,70\n", []string{"宪法", "法治"}, []string{"王", "李"}, 3, 0},
		"title above": {
			"评分表,,\n序号,作品名称,类别,王,李,平均分\n1,宪法,书法,80,90,85\n2,法治,绘画,缺,70,70\n,平均,,80,80,\n", []string{"宪法", "法治"},
			[]string{"王", "李"}, 3, 2,
		},
		"unnamed": {
			"rater1,rater2,rater3\n3,3,2\n3,6,NA\n", []string{"2", "3"}, []string{"rater1", "rater2", "rater3"}, 5, 0,
		},
		"blank head": {",J1\nx,3\n", []string{"x"}, []string{"J1"}, 1, 0},
		"turned":     {"coder,u1,u2,u3\nA,1,2,\nB,1,2,3\n", []string{"u1", "u2", "u3"}, []string{"A", "B"}, 5, 0},
		"odd":        {"work,J1\nx,abc\nx,3\n,4\n\n", []string{"x"}, []string{"J1"}, 0, 3},
	} {
		table, problems, err := readTable(t, c.data, true)
		if err != nil || len(problems) != c.odd || !slices.Equal(table.Works, c.works) ||
			!slices.Equal(table.Judges, c.judges) || len(table.Rows) != c.rows {
			t.Errorf("%s: %+v %v %v", name, table, problems, err)
		}
	}
	table, _, err := readTable(t, "coder,u1,u2\nA,1,2\nB,3,4\n", true)
	if err != nil || table.Rows[1] != (ScoreRow{Work: 1, Judge: 0, Score: 2, Row: 2}) {
		t.Errorf("turned: %+v %v", table.Rows, err)
	}
}

func TestTablesThatCannotBeUnderstoodAreRefused(t *testing.T) {
	for _, c := range []struct {
		data   string
		matrix bool
		text   string
	}{
		{"a,b,c\n1,2,3\n", false, "paper.scores_no_header"},
		{strings.Repeat("a,b,c\n", 99), false, "paper.scores_no_header"},
		{"", false, "paper.scores_no_header"},
		{"work,judge,score,score\n1,2,3,4\n", false, "paper.scores_two_columns"},
		{"work,judge,score\n", false, "paper.scores_none"},
		{"work\n", true, "paper.scores_no_judges"},
		{"work,平均\nx,3\n", true, "paper.scores_no_judges"},
		{"work,J,J\nx,3,4\n", true, "paper.scores_two_columns"},
		{"\x1f\x8bnonsense", false, "paper.scores_unreadable"},
		{"work,judge,score\n" + strings.Repeat("1,2,3\n", 20000) + "\xff\xfe,2,3\n", false, "paper.scores_unreadable"},
		{"PK\x03\x04", false, "sheet.truncated"},
	} {
		_, _, err := readTable(t, c.data, c.matrix)
		if !errors.Is(err, &judging.Error{Code: judging.Invalid, Text: c.text}) {
			t.Errorf("%.30q: %v, want %s", c.data, err, c.text)
		}
	}
}

func TestManyProblemsAreCounted(t *testing.T) {
	_, problems, err := readTable(t, "work,judge,score\n"+strings.Repeat("a,b,x\n", maxProblems+5), false)
	last := len(problems) - 1
	if err != nil || last != maxProblems || problems[last].Text != "paper.more_problems" ||
		problems[last].Args["N"] != 5 || !problems[last].Fatal {
		t.Errorf("%d problems, last %+v, %v", len(problems), problems[max(last, 0)], err)
	}
}

func TestReadingScoresStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := ReadScores(
		ctx, sheettest.TempFile(t, "t.csv", []byte(longForm)), "t.csv", false,
	); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, _, err := ReadScores(
		context.Background(), "/nowhere/t.csv", "t.csv", false,
	); !errors.Is(err, judging.ErrNotFound) {
		t.Error(err)
	}
}

func TestAGzipBombIsRefused(t *testing.T) {
	r := &cappedReader{r: strings.NewReader(strings.Repeat("x", 100)), left: 99}
	buf := make([]byte, 64)
	var err error
	for range 3 {
		if _, err = r.Read(buf); err != nil {
			break
		}
	}
	if !errors.Is(err, grid.ErrTooBig) {
		t.Error(err)
	}
}

func FuzzReadScores(f *testing.F) {
	f.Add([]byte(longForm), false)
	f.Add([]byte("作品,王,李\n宪法,80,90\n法治,,70\n"), true)
	f.Add([]byte("\uFEFFwork;judge;score\n\"a\nb\";c;1e2\n"), false)
	f.Add([]byte("\x1f\x8b\x08"), false)
	f.Add([]byte("coder,u1\nA,\"\"\"1"), true)
	path := f.TempDir() + "/x"
	f.Fuzz(func(t *testing.T, data []byte, matrix bool) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		table, _, err := ReadScores(context.Background(), path, "x", matrix)
		if err != nil {
			if judging.CodeOf(err) == judging.Internal || table.Rows != nil {
				t.Fatal(err, len(table.Rows))
			}
			return
		}
		for _, r := range table.Rows {
			if r.Score-r.Score != 0 || r.Row < 1 || table.Works[r.Work] == "" || table.Judges[r.Judge] == "" {
				t.Fatalf("%+v", r)
			}
		}
	})
}
