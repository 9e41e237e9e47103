package paper

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/score"
	"fayi/judging/terms"
	"fayi/judging/voting"
)

// spoken is a score sheet of a round of a kind, with three works.
func spoken(kind voting.Kind) ScoreSheet {
	rule := voting.Rule{Kind: kind, Votes: 1}
	s := sampleScoreSheet(3, false)
	s.Duties.Works, s.Duties.Voting, s.Ballots = s.Duties.Works[:3], &rule, nil
	s.Duties.Rubrics = map[string]judging.Rubric{"书法": {
		Scale: voting.For, Step: rule.Step(), Bands: rule.Bands(),
		Criteria: []judging.Criterion{{Name: rule.Name(), Weight: voting.For}},
	}}
	return s
}

// readSpoken reads a sheet by its own rubrics, as collecting does.
func readSpoken(t *testing.T, s ScoreSheet, path string) (score.FilledSheet, []judging.Problem) {
	t.Helper()
	got, problems, err := score.ReadScoreSheetBy(t.Context(), path, "回收.xlsx",
		func(code judging.WorkCode) (string, judging.Rubric, bool) {
			return "书法", s.Duties.Rubrics["书法"], true
		})
	if err != nil {
		t.Fatal(err)
	}
	return got, problems
}

// A round without marks has no full marks: its page of rubrics says what may be given.
func TestTheRubricsOfARoundWithoutMarksSayWhatMayBeGiven(t *testing.T) {
	for kind, want := range map[voting.Kind]string{
		voting.Approval: "“赞成”一栏从这些词里选：赞成、不确定、反对。", voting.Votes: "“投票”一栏从这些词里选：投、不投。",
		voting.Ranking: "“名次”一栏填 1 到 4 的整数，不给的填 0。", voting.Points: "“点数”一栏填 1 到 100 的整数，不给的填 0。",
	} {
		s := spoken(kind)
		rule := voting.Rule{Kind: kind, Votes: 1, Places: 4, Points: 100}
		s.Duties.Rubrics = map[string]judging.Rubric{"书法": {
			Scale: rule.Scale(), Step: rule.Step(), Bands: rule.Bands(),
			Criteria: []judging.Criterion{{Name: rule.Name(), Weight: rule.Scale()}},
		}}
		f, err := excelize.OpenFile(filledFile(t, s, func(*excelize.File) {}))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := f.GetRows("评分标准")
		if err != nil {
			t.Fatal(err, f.GetSheetList())
		}
		if len(rows) != 2 || rows[0][0] != "书法" || rows[1][0] != want {
			t.Errorf("%s: %q", kind, rows)
		}
		_ = f.Close()
	}
}

// A word has the mark that it has everywhere; what is no word of the round is a fault of its cell, and never a guess.
func TestVotesAreReadInWordsOrNumbersAndNothingElse(t *testing.T) {
	for _, c := range []struct {
		kind  voting.Kind
		typed any
		want  float64
		ok    bool
	}{
		{voting.Approval, "赞成", 1, true}, {voting.Approval, " 反对 ", 0, true}, {voting.Approval, "不确定", 0.5, true},
		{voting.Approval, "同意", 1, true}, {voting.Approval, "不同意", 0, true}, {voting.Approval, "FOR", 1, true},
		{voting.Approval, 1, 1, true}, {voting.Approval, 0.5, 0.5, true}, {voting.Approval, "０", 0, true},
		{voting.Votes, "投", 1, true}, {voting.Votes, "不投", 0, true}, {voting.Votes, 1, 1, true},
		{voting.Approval, "投", 0, false}, {voting.Votes, "赞成", 0, false}, {voting.Approval, "赞", 0, false},
		{voting.Approval, "赞成?", 0, false}, {voting.Approval, "不反对", 0, false}, {voting.Approval, "√", 0, false},
		{voting.Approval, "弃权", 0, false}, {voting.Approval, "优秀", 0, false},
	} {
		s := spoken(c.kind)
		path := filledFile(t, s, func(f *excelize.File) { put(t, f, "书法", map[string]any{"E6": c.typed}) })
		got, problems := readSpoken(t, s, path)
		if !c.ok {
			if len(problems) != 1 || problems[0].Text != "paper.mark_not_number" || problems[0].Row != 6 ||
				problems[0].Column != "E" || !problems[0].Fatal {
				t.Errorf("%s %v: %+v", c.kind, c.typed, problems)
			}
			continue
		}
		i := slices.IndexFunc(got.Ballots, func(b score.FilledBallot) bool { return len(b.Marks) > 0 })
		if i < 0 || len(problems) > 0 || got.Ballots[i].Place.Row != 6 {
			t.Errorf("%s %v: %+v %v", c.kind, c.typed, got.Ballots, problems)
			continue
		}
		rubric := s.Duties.Rubrics["书法"]
		b, err := got.Ballots[i].Complete(rubric, false)
		if err != nil || b.State != judging.Scored || b.Total != c.want {
			t.Errorf("%s %v: %+v %v", c.kind, c.typed, b, err)
		}
	}
}

// A word that stands for several marks is no mark: 优秀 of a rubric is 90 to 100.
func TestAWordForSeveralMarksIsNoMark(t *testing.T) {
	s := sampleScoreSheet(3, false)
	s.Duties.Works = s.Duties.Works[:3]
	for _, band := range s.Duties.Rubrics["书法"].Bands {
		path := filledFile(t, s, func(f *excelize.File) { put(t, f, "书法", map[string]any{"E7": band.Label}) })
		if _, problems := readSpoken(t, s, path); len(problems) != 1 || problems[0].Text != "paper.mark_not_number" {
			t.Errorf("%s: %+v", band.Label, problems)
		}
	}
}

// barred is a score sheet by which works can be vetoed.
func barred() ScoreSheet {
	s := sampleScoreSheet(3, false)
	s.Duties.Works = s.Duties.Works[:3]
	r := s.Duties.Rubrics["书法"]
	r.Vetoes = []terms.Veto{{Flag: string(judging.Concern), Judges: 1}, {Flag: string(judging.Copied), Judges: 2}}
	s.Duties.Rubrics = map[string]judging.Rubric{"书法": r}
	return s
}

// columnOf finds the column whose head begins so.
func columnOf(t *testing.T, f *excelize.File, head string) string {
	t.Helper()
	for i := range 30 {
		if ref := grid.Ref(i+1, rowHead); cellText(t, f, "书法", ref) == head {
			return strings.TrimRight(ref, "0123456789")
		}
	}
	t.Fatalf("no column %s", head)
	return ""
}

// What a judge flags on paper is a flag with its reason; what is no flag takes the row out and says which cell.
func TestASheetCanVeto(t *testing.T) {
	for _, c := range []struct {
		flag, note string
		want       []judging.Flag
		problem    string
	}{
		{"政治或法律表述有问题", "引用旧法条", []judging.Flag{judging.Concern}, ""},
		{"疑似抄袭、泄露隐私", "", []judging.Flag{judging.Copied, judging.Privacy}, ""},
		{" 偏题 ,", "", []judging.Flag{judging.OffTopic}, ""},
		{"", "", nil, ""},
		{"有问题", "", nil, "paper.flag_unknown"},
		{"疑似抄袭、很差", "", nil, "paper.flag_unknown"},
		{"", "抄的", nil, "paper.flag_missing"},
	} {
		s := barred()
		column := ""
		path := filledFile(t, s, func(f *excelize.File) {
			column = columnOf(t, f, "标记")
			put(t, f, "书法", map[string]any{column + "5": c.flag, columnOf(t, f, "标记原因") + "5": c.note})
		})
		got, problems := readSpoken(t, s, path)
		if c.problem != "" {
			named := len(problems) == 1 && problems[0].Text == c.problem && problems[0].Column == column
			if !named || len(got.Ballots) != 2 {
				t.Errorf("%q %q: %+v", c.flag, c.note, problems)
			}
			continue
		}
		if b := got.Ballots[0]; len(problems) > 0 || !slices.Equal(b.Flags, c.want) || b.FlagNote != c.note ||
			b.Total != 84 {
			t.Errorf("%q %q: %+v %v", c.flag, c.note, b, problems)
		}
		if got.Format != 2 {
			t.Errorf("format %d: older programs would read it and not see the veto", got.Format)
		}
	}
	plain := filledFile(t, sampleScoreSheet(3, false), func(*excelize.File) {})
	if got, _, err := score.ReadScoreSheet(t.Context(), plain, "a.xlsx"); err != nil || got.Format != 1 {
		t.Errorf("a sheet without vetoes bears format %d, %v", got.Format, err)
	}
}

// What was flagged stands in the sheet and is read back as it was, in both languages; so are the words of votes.
func TestFlagsAndVotesGoOutAndComeBack(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		s := barred()
		first := s.Duties.Works[0].Code
		s.Ballots[first] = judging.Ballot{
			Code: first, State: judging.Started, Marks: map[string]float64{"主题内容": 18}, Total: 18,
			Flags: slices.Clone(judging.Flags), FlagNote: "都有",
		}
		got, problems := readSpoken(t, s, written(t, s, lang))
		if b := got.Ballots[0]; !slices.Equal(b.Flags, judging.Flags) || b.FlagNote != "都有" || len(problems) > 0 {
			t.Errorf("%s: %+v %v", lang, b, problems)
		}
		v := spoken(voting.Approval)
		v.Ballots = map[judging.WorkCode]judging.Ballot{}
		for i, mark := range []float64{voting.For, voting.Unsure, voting.Against} {
			v.Ballots[v.Duties.Works[i].Code] = judging.Ballot{
				State: judging.Scored, Marks: map[string]float64{"赞成": mark}, Total: mark,
			}
		}
		got, problems = readSpoken(t, v, written(t, v, lang))
		for i, mark := range []float64{voting.For, voting.Unsure, voting.Against} {
			if b := got.Ballots[i]; b.Marks["赞成"] != mark || len(problems) > 0 {
				t.Errorf("%s: %+v %v", lang, b, problems)
			}
		}
	}
}

// A round without marks is the program's own: its sheet names head, words and rule in one language, whichever it is,
// and what is chosen there comes back as the same mark.
func TestASheetOfARoundWithoutMarksSpeaksOneLanguage(t *testing.T) {
	chinese := []string{"赞成", "反对", "不确定", "投", "名次", "点数"}
	for lang, words := range map[string]map[voting.Kind][]string{
		"zh-Hans": {
			voting.Approval: {"赞成", "不确定", "反对"}, voting.Votes: {"投", "不投"}, voting.Ranking: {"1", "0"},
			voting.Points: {"1", "0"},
		},
		"en": {
			voting.Approval: {"For", "Unsure", "Against"}, voting.Votes: {"Vote", "No vote"},
			voting.Ranking: {"1", "0"},
			voting.Points:  {"1", "0"},
		},
	} {
		for kind, list := range words {
			s := spoken(kind)
			rule := voting.Rule{Kind: kind, Votes: 1, Places: 1, Points: 1}
			s.Duties.Voting = &rule
			path := written(t, s, lang)
			f, err := excelize.OpenFile(path)
			if err != nil {
				t.Fatal(err)
			}
			said := saidIn(t, f, "书法") + saidIn(t, f, f.GetSheetList()[1])
			for _, w := range chinese {
				if lang == "en" && strings.Contains(said, w) {
					t.Errorf("%s in English: %q is in %s", kind, w, said)
				}
			}
			for i, w := range list {
				put(t, f, "书法", map[string]any{"E" + strconv.Itoa(rowFirst+i): w})
			}
			if err := errors.Join(f.Save(), f.Close()); err != nil {
				t.Fatal(err)
			}
			got, problems := readSpoken(t, s, path)
			for i := range list {
				want := []float64{voting.For, voting.Against}
				if len(list) == 3 {
					want = []float64{voting.For, voting.Unsure, voting.Against}
				}
				if v, given := got.Ballots[i].Marks[rule.Name()]; !given || v != want[i] || len(problems) > 0 {
					t.Errorf("%s %s: %q is %v, %+v", lang, kind, list[i], got.Ballots[i].Marks, problems)
				}
			}
		}
	}
}

// saidIn is what stands on a sheet: its cells and what its checks offer and say.
func saidIn(t *testing.T, f *excelize.File, sheet string) string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	checks, err := f.GetDataValidations(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for i, row := range rows {
		if i < rowHead || sheet != "书法" { // below stand titles of works
			out = append(out, row...)
		}
	}
	for _, c := range checks {
		out = append(out, c.Formula1)
		for _, s := range []*string{c.Prompt, c.Error, c.PromptTitle, c.ErrorTitle} {
			if s != nil {
				out = append(out, *s)
			}
		}
	}
	return strings.Join(out, "\n")
}

func written(t *testing.T, s ScoreSheet, lang string) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteScoreSheet(&b, s, paperWords(t, lang)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// The total next to a word is what the word means, computed by another program.
func TestTheSheetComputesTheTotalOfWords(t *testing.T) {
	if testing.Short() {
		t.Skip("another program takes its time")
	}
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("LibreOffice is missing: scripts/deps test installs it")
	}
	s := spoken(voting.Approval)
	path := filledFile(t, s, func(f *excelize.File) {
		put(t, f, "书法", map[string]any{"E5": "赞成", "E6": "不确定", "E7": "反对"})
	})
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to",
		"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1", "--outdir", dir, path}
	cmd := exec.Command("soffice", args...)
	cmd.Env = append(os.Environ(), "HOME="+dir, "LC_ALL=C.UTF-8")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, out)
	}
	found, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%v %v\n%s", found, err, out)
	}
	data, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"赞成,1,", "不确定,0.5,", "反对,0,"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%q is not in\n%s", want, data)
		}
	}
}

// Who has only the sheet learns from it how many votes, places or points there are, and nothing of steps of marks.
func TestASheetWithoutMarksSaysTheRuleOfItsRound(t *testing.T) {
	for _, c := range []struct {
		rule voting.Rule
		want string
	}{
		{voting.Rule{Kind: voting.Approval, Pass: "2/3"}, "赞成率达到 2/3 为通过"},
		{voting.Rule{Kind: voting.Votes, Votes: 3}, "最多投 3 票"},
		{voting.Rule{Kind: voting.Votes, Votes: 7, Exactly: true}, "投满 7 票"},
		{voting.Rule{Kind: voting.Ranking, Places: 5}, "填 1 至 5，不列名次的填 0"},
		{voting.Rule{Kind: voting.Points, Points: 20, Exactly: true}, "20 点全部分给"},
		{voting.Rule{}, "最小差 1 分"},
	} {
		s := sampleScoreSheet(3, false)
		if c.rule.Kind != "" {
			s = spoken(c.rule.Kind)
			s.Duties.Voting = &c.rule
		}
		f, err := excelize.OpenFile(written(t, s, "zh-Hans"))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := f.GetRows("书法")
		if err != nil {
			t.Fatal(err)
		}
		if how := strings.Join(rows[2], ""); !strings.Contains(how, c.want) ||
			strings.Contains(how, "最小差") != (c.rule.Kind == "") {
			t.Errorf("%+v: %s", c.rule, how)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}
