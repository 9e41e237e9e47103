package paper

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/sheet/score"
	"fayi/judging/terms"
)

// loose is a score sheet on which 结字章法 (25) and 墨色纸张 (15) need not apply.
func loose() ScoreSheet {
	s := sampleScoreSheet(3, false)
	s.Duties.Works, s.Ballots = s.Duties.Works[:3], nil
	r := s.Duties.Rubrics["书法"]
	r.Criteria = slices.Clone(r.Criteria)
	r.Criteria[2].Optional, r.Criteria[3].Optional = true, true
	s.Duties.Rubrics = map[string]judging.Rubric{"书法": r}
	return s
}

// In a cell of a mark stands a number or the word; nothing else is taken for it, least of all the number that means it
// inside the program.
func TestWhatDoesNotApplyIsReadFromItsWordAlone(t *testing.T) {
	for _, c := range []struct {
		typed   any
		total   float64 // of 18 + 16 + typed + 12 + 20
		problem string
	}{
		{"不适用", 88, ""}, {" N/A ", 88, ""}, {"n/a", 88, ""}, {"Not applicable", 88, ""}, {24, 90, ""},
		{"—", 0, "paper.mark_not_number"}, {"/", 0, "paper.mark_not_number"}, {"无", 0, "paper.mark_not_number"},
		{-1, 0, "paper.mark_not_number"}, {"-1", 0, "paper.mark_not_number"}, {"－１", 0, "paper.mark_not_number"},
	} {
		s := loose()
		path := filledFile(t, s, func(f *excelize.File) {
			put(t, f, "书法", map[string]any{"E6": 18, "F6": 16, "G6": c.typed, "H6": 12, "I6": 20})
		})
		got, problems := readSpoken(t, s, path)
		if c.problem != "" {
			if len(problems) != 1 || problems[0].Text != c.problem || problems[0].Column != "G" || !problems[0].Fatal {
				t.Errorf("%v: %+v", c.typed, problems)
			}
			continue
		}
		i := slices.IndexFunc(got.Ballots, func(b score.FilledBallot) bool { return len(b.Marks) > 0 })
		if i < 0 || len(problems) > 0 || got.Format != 3 {
			t.Fatalf("%v: %+v %v", c.typed, got, problems)
		}
		b, err := got.Ballots[i].Complete(s.Duties.Rubrics["书法"], false)
		if err != nil || b.State != judging.Scored || b.Total != c.total || got.Ballots[i].Total != c.total {
			t.Errorf("%v: %+v %v", c.typed, b, err)
		}
	}
}

// A criterion that must be marked can't be left out by the word: the row is refused, with the criterion named.
func TestAWordInThePlaceOfAMarkThatMustBeGivenIsRefused(t *testing.T) {
	s := loose()
	path := filledFile(t, s, func(f *excelize.File) {
		put(t, f, "书法", map[string]any{"E6": "不适用", "F6": 16, "G6": 20, "H6": 12, "I6": 20})
	})
	got, _ := readSpoken(t, s, path)
	i := slices.IndexFunc(got.Ballots, func(b score.FilledBallot) bool { return len(b.Marks) > 0 })
	_, err := got.Ballots[i].Complete(s.Duties.Rubrics["书法"], false)
	if judging.CodeOf(err) != judging.Invalid || !strings.Contains(err.Error(), "must_apply") {
		t.Errorf("%v", err)
	}
}

// A total that a person typed over the sheet's own is held against what the marks make.
func TestATypedTotalIsComparedWithWhatTheRestMakes(t *testing.T) {
	for typed, told := range map[float64]bool{88: false, 66: true, 88.5: true} {
		s := loose()
		path := filledFile(t, s, func(f *excelize.File) {
			cells := map[string]any{"E6": 18, "F6": 16, "G6": "不适用", "H6": 12, "I6": 20, "J6": typed}
			put(t, f, "书法", cells)
		})
		_, problems := readSpoken(t, s, path)
		if differs := len(problems) == 1 && problems[0].Text == "paper.total_differs"; differs != told {
			t.Errorf("%v: %+v", typed, problems)
		}
	}
}

func TestWhatDoesNotApplyGoesOutAndComesBack(t *testing.T) {
	for lang, word := range map[string]string{"zh": "不适用", "en": "N/A"} {
		s := loose()
		first := s.Duties.Works[0].Code
		s.Ballots = map[judging.WorkCode]judging.Ballot{first: {
			Code: first, State: judging.Scored, Total: 88, Marks: map[string]float64{
				"主题内容": 18, "笔法": 16, "结字章法": terms.NotApplicable, "墨色纸张": 12, "整体美感与创意": 20,
			},
		}}
		path := written(t, s, lang)
		got, problems := readSpoken(t, s, path)
		if b := got.Ballots[0]; b.Marks["结字章法"] != terms.NotApplicable || b.Total != 88 || len(problems) > 0 {
			t.Errorf("%s: %+v %v", lang, b, problems)
		}
		f, err := excelize.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if cell := cellText(t, f, f.GetSheetList()[0], "G5"); cell != word {
			t.Errorf("%s: the cell says %q", lang, cell)
		}
		rows, err := f.GetRows(f.GetSheetList()[0])
		if err != nil || !strings.Contains(strings.Join(rows[2], ""), word) {
			t.Errorf("%s: the sheet does not say how: %q %v", lang, rows[2], err)
		}
		_ = f.Close()
	}
}

// The total next to such marks, and how many works are done, are computed by another program.
func TestTheSheetComputesTheTotalOfWhatApplies(t *testing.T) {
	if testing.Short() {
		t.Skip("another program takes its time")
	}
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("LibreOffice is missing: scripts/deps test installs it")
	}
	path := filledFile(t, loose(), func(f *excelize.File) {
		put(t, f, "书法", map[string]any{
			"E5": 18, "F5": 16, "G5": "不适用", "H5": 12, "I5": 20, "E6": 18, "F6": 17, "G6": "n/a", "H6": "不适用", "I6": 20,
			"E7": 18, "F7": 16, "G7": 20, "H7": "不适用", // one is missing
		})
	})
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to",
		"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1", "--outdir", dir, path}
	cmd := exec.Command("soffice", args...)
	cmd.Env = append(os.Environ(), "HOME="+dir, "LC_ALL=C.UTF-8")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, out)
	}
	found, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	data, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	// 66 of 75, 55 of 60
	for _, want := range []string{"18,16,不适用,12,20,88,", "18,17,n/a,不适用,20,91.6667,", "18,16,20,不适用,,,", "已评 2"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%q is not in\n%s", want, data)
		}
	}
}
