package paper

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/sheet/score"
	"fayi/judging/sheet/sheettest"
)

// filledFile writes a score sheet, lets edit change it as a person would, and returns its path.
func filledFile(t *testing.T, s ScoreSheet, edit func(f *excelize.File)) string {
	t.Helper()
	f := openScoreSheet(t, s)
	edit(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return sheettest.TempFile(t, "filled.xlsx", b.Bytes())
}

func put(t *testing.T, f *excelize.File, sheet string, values map[string]any) {
	t.Helper()
	for cell, v := range values {
		if err := f.SetCellValue(sheet, cell, v); err != nil {
			t.Fatal(err)
		}
	}
}

func readFilled(t *testing.T, path string) (map[judging.WorkCode]score.FilledBallot, []judging.Problem) {
	t.Helper()
	got, problems, err := score.ReadScoreSheet(context.Background(), path, "回收.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	by := map[judging.WorkCode]score.FilledBallot{}
	for _, b := range got.Ballots {
		by[b.Code] = b
	}
	return by, problems
}

func TestMarksAreReadAsPeopleTypeThem(t *testing.T) {
	for _, c := range []struct {
		typed any
		want  float64
		ok    bool
	}{
		{18, 18, true}, {"18", 18, true}, {"１８", 18, true}, {" 18 分", 18, true}, {"17.5", 17.5, true},
		{"１７．５", 17.5, true}, {15.510000000000005, 15.51, true},
		{"八十五", 0, false}, {"18/20", 0, false}, {"1 8", 0, false}, {"约18", 0, false}, {"NaN", 0, false},
		{"0x12", 0, false}, {"18%", 0, false}, {"#REF!", 0, false}, {"1e300", 0, false},
	} {
		s := sampleScoreSheet(3, false)
		path := filledFile(t, s, func(f *excelize.File) { put(t, f, "书法", map[string]any{"E7": c.typed}) })
		by, problems := readFilled(t, path)
		b, present := by[s.Duties.Works[2].Code]
		if c.ok && (!present || b.Marks["主题内容"] != c.want || len(problems) > 0) {
			t.Errorf("%v: %v %v", c.typed, b.Marks, problems)
		}
		if !c.ok {
			if present || len(problems) != 1 || problems[0].Text != "paper.mark_not_number" || !problems[0].Fatal {
				t.Errorf("%v: kept %v, problems %v", c.typed, present, problems)
				continue
			}
			p := problems[0]
			if p.Sheet != "书法" || p.Row != 7 || p.Column != "E" || p.Args["Max"] != "20" ||
				p.Args["Name"] != "主题内容" || p.File != "回收.xlsx" {
				t.Errorf("%v: problem %+v", c.typed, p)
			}
		}
	}
}

func TestRowsSurviveSortingInsertingAndRenaming(t *testing.T) {
	s := sampleScoreSheet(6, false)
	path := filledFile(t, s, func(f *excelize.File) {
		put(t, f, "书法", map[string]any{"E10": 11, "B10": "ｓｆ—０１９６", "K10": "高"})
		for _, err := range []error{f.InsertCols("书法", "D", 2), f.InsertRows("书法", 7, 3), f.SetSheetName("书法", "王老师的分"),
			f.DuplicateRowTo("王老师的分", 5, 20), f.RemoveRow("王老师的分", 5)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		put(t, f, "王老师的分", map[string]any{"D4": "我的印象", "D9": "很好", "A30": "备注：第三件字迹不清", "C31": "平均", "D31": 85})
	})
	by, problems := readFilled(t, path)
	if len(problems) != 0 || len(by) != 8 {
		t.Fatal(len(by), problems)
	}
	if b := by[s.Duties.Works[0].Code]; b.Total != 84 || b.Place.Sheet != "王老师的分" || b.Columns["主题内容"] != "G" ||
		b.Columns[""] != "L" {
		t.Errorf("first: %+v", b)
	}
	if b := by["SF-0196"]; b.Marks["主题内容"] != 11 || b.Confidence != 3 {
		t.Errorf("last: %+v", b)
	}
}

func TestTotalsComeFromMarks(t *testing.T) {
	s := sampleScoreSheet(6, false)
	path := filledFile(t, s, func(f *excelize.File) {
		put(t, f, "书法", map[string]any{"J5": 90, "J7": 88, "J8": 0})
	})
	by, problems := readFilled(t, path)
	want := map[string]int{"paper.total_differs": 5, "paper.total_without_marks": 7, "paper.total_zero": 8}
	for _, p := range problems {
		if want[p.Text] != p.Row || p.Column != "J" {
			t.Errorf("unexpected %+v", p)
		}
		delete(want, p.Text)
	}
	if len(want) > 0 || by[s.Duties.Works[0].Code].Total != 84 {
		t.Errorf("missing %v", want)
	}
	if _, present := by[s.Duties.Works[2].Code]; present {
		t.Error("a total without marks was kept")
	}
}

func TestATotalIsEnoughWhereTheRulesSaySo(t *testing.T) {
	s := sampleScoreSheet(6, true)
	path := filledFile(t, s, func(f *excelize.File) { put(t, f, "书法", map[string]any{"J7": "８８分"}) })
	by, problems := readFilled(t, path)
	b := by[s.Duties.Works[2].Code]
	settled, err := b.Complete(calligraphy, true)
	if err != nil || len(problems) > 0 || settled.State != judging.Scored || settled.Total != 88 {
		t.Errorf("%+v %v %v", settled, problems, err)
	}
}

func TestOddRowsAreTold(t *testing.T) {
	s := sampleScoreSheet(6, false)
	first := string(s.Duties.Works[0].Code)
	for name, c := range map[string]struct {
		cells map[string]any
		text  string
		fatal bool
		gone  judging.WorkCode
	}{
		"a work twice with other marks": {map[string]any{
			"B20": first,
			"C20": "x",
			"E20": 3,
		}, "paper.code_twice", true, judging.WorkCode(first)},
		"marks without a number": {map[string]any{"C20": "公平正义", "E20": 3}, "paper.row_without_code", true, ""},
		"an average below":       {map[string]any{"E20": 15.5}, "paper.row_without_code", false, ""},
		"an unknown state": {map[string]any{
			"M7": "改天",
		}, "paper.state_unknown", true, s.Duties.Works[2].Code},
		"an unknown confidence": {map[string]any{
			"K7": 7,
		}, "paper.confidence_unknown", true, s.Duties.Works[2].Code},
		"a column twice": {map[string]any{
			"P4": "笔法\n0–20",
		}, "paper.column_twice", true, s.Duties.Works[2].Code},
	} {
		by, problems := readFilled(t, filledFile(t, s, func(f *excelize.File) { put(t, f, "书法", c.cells) }))
		if len(problems) != 1 || problems[0].Text != c.text || problems[0].Fatal != c.fatal {
			t.Errorf("%s: %+v", name, problems)
		}
		if _, present := by[c.gone]; present {
			t.Errorf("%s: %s was kept", name, c.gone)
		}
	}
}

func TestARepeatedRowThatSaysNothingNewIsQuiet(t *testing.T) {
	s := sampleScoreSheet(6, false)
	path := filledFile(t, s, func(f *excelize.File) {
		put(t, f, "书法", map[string]any{
			"B20": string(s.Duties.Works[0].Code),
			"B21": string(s.Duties.Works[4].Code),
			"E21": 9,
		})
	})
	by, problems := readFilled(t, path)
	if len(problems) > 0 || by[s.Duties.Works[0].Code].Total != 84 || by[s.Duties.Works[4].Code].Marks["主题内容"] != 9 {
		t.Errorf("%v %+v", problems, by)
	}
}

func TestStatesAreRead(t *testing.T) {
	s := sampleScoreSheet(6, false)
	path := filledFile(t, s, func(f *excelize.File) {
		put(t, f, "书法", map[string]any{"M7": " 弃权 ", "N7": "看不清", "M8": "Skip", "E9": 3})
	})
	by, problems := readFilled(t, path)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for i, want := range []judging.BallotState{
		judging.Started, judging.Recused, judging.Abstained, judging.Skipped, judging.Started, judging.Open,
	} {
		if got := by[s.Duties.Works[i].Code]; got.State != want {
			t.Errorf("work %d: %s, want %s", i, got.State, want)
		}
	}
}

func TestIdentityOutlivesAHiddenSheetButNotBoth(t *testing.T) {
	s := sampleScoreSheet(3, false)
	drop := func(f *excelize.File) {
		if err := f.DeleteSheet("_fayi"); err != nil {
			t.Fatal(err)
		}
	}
	got, _, err := score.ReadScoreSheet(context.Background(), filledFile(t, s, drop), "x.xlsx")
	if err != nil || got.SheetIdentity != s.identity() {
		t.Fatalf("%+v %v", got.SheetIdentity, err)
	}
	other := s
	other.Duties.Judge = "j008"
	id := score.SheetIdentity{Contest: "c", Judge: "j007", Round: 2, Plan: "p", Format: score.SheetFormat + 1}
	newer := id.IdentityLine()
	for key, edit := range map[string]func(f *excelize.File){
		"paper.sheet_no_identity": func(f *excelize.File) {
			drop(f)
			put(t, f, "书法", map[string]any{"A10": ""})
			put(t, f, "摄影", map[string]any{"A9": ""})
		},
		"paper.sheet_broken_identity": func(f *excelize.File) {
			put(t, f, "_fayi", map[string]any{"A1": strings.Replace(s.identity().IdentityLine(), "j007", "j008", 1)})
		},
		"paper.sheet_mixed": func(f *excelize.File) {
			put(t, f, "书法", map[string]any{
				"A30": other.identity().IdentityLine(),
			})
		},
		"paper.sheet_newer": func(f *excelize.File) {
			put(t, f, "_fayi", map[string]any{"A1": newer})
			put(t, f, "书法", map[string]any{"A10": newer})
			put(t, f, "摄影", map[string]any{"A9": newer})
		},
		"paper.sheet_no_table": func(f *excelize.File) {
			put(t, f, "书法", map[string]any{"B4": "x"})
			put(t, f, "摄影", map[string]any{"B4": "x"})
		},
	} {
		_, _, err := score.ReadScoreSheet(context.Background(), filledFile(t, s, edit), "x.xlsx")
		if !errors.Is(err, &judging.Error{Code: judging.Invalid, Text: key}) {
			t.Errorf("%s: %v", key, err)
		}
	}
}

func TestAScoreSheetSavedAsTextIsRead(t *testing.T) {
	s := sampleScoreSheet(6, false)
	rows, err := openScoreSheet(t, s).GetRows("书法")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	by, problems := readFilled(t, sheettest.TempFile(t, "x.csv", b.Bytes()))
	if len(problems) > 0 || len(by) != 6 || by[s.Duties.Works[0].Code].Total != 84 {
		t.Errorf("%d %v", len(by), problems)
	}
}

func TestHostileScoreFilesAreRefused(t *testing.T) {
	var whole, bomb bytes.Buffer
	if err := WriteScoreSheet(&whole, sampleScoreSheet(6, false), paperWords(t, "zh")); err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(&bomb)
	for name, content := range map[string][]byte{
		"[Content_Types].xml":  []byte("<Types/>"),
		"xl/workbook.xml":      []byte(`<workbook xmlns:r="x"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>`),
		"xl/sharedstrings.xml": bytes.Repeat([]byte("<si><t>a</t></si>"), 16<<20),
	} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"truncated": whole.Bytes()[:whole.Len()*2/3],
		"bomb":      bomb.Bytes(),
		"nothing":   {},
		"noise":     bytes.Repeat([]byte{0x07, 0xff, 0x00}, 999),
		"picture":   []byte("\x89PNG\r\n\x1a\n"),
		"encrypted": append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 4096)...),
	} {
		if _, _, err := score.ReadScoreSheet(
			context.Background(), sheettest.TempFile(t, "x.xlsx", data), "x.xlsx",
		); judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := score.ReadScoreSheet(
		context.Background(), "/nowhere/x.xlsx", "x.xlsx",
	); !errors.Is(err, judging.ErrNotFound) {
		t.Errorf("missing: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := score.ReadScoreSheet(
		ctx, sheettest.TempFile(t, "x.xlsx", whole.Bytes()), "x.xlsx",
	); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestTheReaderKnowsTheWordsThatTheWriterUses(t *testing.T) {
	for _, lang := range []string{"zh-Hans", "en"} {
		words := paperWords(t, lang)
		for _, s := range stateKeys {
			if got, ok := score.StateOf(words(s.key, nil)); !ok || got != s.state {
				t.Errorf("%s %s: %q", lang, s.key, got)
			}
		}
		for key, heads := range map[string][]string{
			"code":       score.CodeHeads,
			"title":      score.TitleHeads,
			"total":      score.TotalHeads,
			"comment":    score.CommentHeads,
			"state":      score.StateHeads,
			"reason":     score.ReasonHeads,
			"confidence": score.ConfidenceHeads,
		} {
			if !score.IsHead(words("paper.head_"+key, nil), heads) {
				t.Errorf("%s: head %s is unknown", lang, key)
			}
		}
	}
}

func FuzzReadScoreSheet(f *testing.F) {
	var whole bytes.Buffer
	if err := WriteScoreSheet(&whole, sampleScoreSheet(3, true), paperWords(f, "zh")); err != nil {
		f.Fatal(err)
	}
	f.Add(whole.Bytes())
	f.Add([]byte(
		sampleScoreSheet(1, false).identity().IdentityLine() +
			"\n作品编号,笔法 0-20,合计 0-100\nSF-0001,3,\nSF-0001,4,x\n,5,\n",
	))
	f.Add([]byte("FAYI|1|c|j|1|p|marks|"))
	path := f.TempDir() + "/x"
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		got, _, err := score.ReadScoreSheet(context.Background(), path, "x")
		if err != nil && judging.CodeOf(err) == judging.Internal {
			t.Fatalf("an error without a text: %v", err)
		}
		if err != nil && len(got.Ballots) > 0 {
			t.Fatal("ballots beside an error")
		}
	})
}
