package scoring

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/scoring"
)

func TestSheetsGoOutAndComeBack(t *testing.T) {
	o := pagetest.WithPlan(t, 6)
	sh := kittest.New(t)
	sh.Path = t.TempDir()
	p := newProgressPage(sh, page.PapersOf(o))
	root := sh.Open(p)
	p.onSheets("")
	dir := filepath.Join(sh.Path, "评分表")
	files := sheetFiles([]string{dir})
	if len(files) != 4 || len(sh.Told) != 1 {
		t.Fatalf("%v %v", files, sh.Told)
	}
	pagetest.Write(t, filepath.Join(dir, "~$打开着.xlsx"), nil)
	pagetest.Write(t, filepath.Join(dir, "别的.xlsx"), []byte("no workbook"))
	p.Dropped([]string{dir})
	if len(p.collected) != 5 || !kittest.Shows(root, "收取 4 份，没有收取 1 份") || !kittest.Shows(root, "别的.xlsx") {
		t.Fatalf("%+v %q", p.collected, kittest.Texts(root))
	}
	kittest.Tap(t, root, "知道了")
	if !kittest.Shows(root, "还没开始") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	p.Dropped([]string{t.TempDir()})
	if n := len(sh.Told); sh.Told[n-1].Tone != look.Waiting {
		t.Fatalf("%+v", sh.Told)
	}
}

// fillRow types full marks for one work into a judge's sheet.
func fillRow(t *testing.T, path string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetList()[0]
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for r := range rows {
		if r == 0 || len(rows[r-1]) < 4 || !slices.Contains(rows[r-1], "作品编号") {
			continue
		}
		for c, head := range rows[r-1] {
			name, most, marks := strings.Cut(head, "\n0–")
			if _, err := strconv.Atoi(most); !marks || err != nil || name == "合计" {
				continue
			}
			at, _ := excelize.CoordinatesToCellName(c+1, r+1)
			value, _ := strconv.Atoi(most)
			if err := f.SetCellValue(sheet, at, value); err != nil {
				t.Fatal(err)
			}
		}
		break
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
}

// TestAFilledSheetIsShownBeforeItIsWrittenOver writes the sheets again into the folder where a judge's filled one lies.
func TestAFilledSheetIsShownBeforeItIsWrittenOver(t *testing.T) {
	o := pagetest.WithPlan(t, 6)
	sh := kittest.New(t)
	sh.Path = t.TempDir()
	p := newProgressPage(sh, page.PapersOf(o))
	sh.Open(p)
	p.onSheets("")
	dir := filepath.Join(sh.Path, "评分表")
	files := sheetFiles([]string{dir})
	fillRow(t, files[0])
	read := func(path string) string {
		t.Helper()
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	filled := read(files[0])
	p.onSheets("")
	if n := len(sh.Asked); n != 1 || !strings.Contains(sh.Asked[0].Text, filepath.Base(files[0])) ||
		sh.Asked[0].Check == "" || len(sh.Told) != 1 || read(files[0]) != filled {
		t.Fatalf("asked %+v, told %+v", sh.Asked, sh.Told)
	}
	if err := sh.Answer(t); err != nil || len(sh.Told) != 2 || read(files[0]) == filled {
		t.Fatalf("%v %+v", err, sh.Told)
	}
	if kept := read(filepath.Join(dir, "换下-replaced", filepath.Base(files[0]))); kept != filled {
		t.Error("what the judge filled in is gone")
	}
}

func TestCollectingIsShownAskedAndTakenBack(t *testing.T) {
	o := pagetest.WithPlan(t, 6)
	sh := kittest.New(t)
	sh.Path = t.TempDir()
	p := newProgressPage(sh, page.PapersOf(o))
	sh.Open(p)
	p.onSheets("")
	files := sheetFiles([]string{filepath.Join(sh.Path, "评分表")})
	fillRow(t, files[0])
	done := func() int {
		t.Helper()
		s, err := o.Scoring().ScoresStatus(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return s.Done
	}
	p.Dropped(files)
	if n := len(sh.Asked); n != 1 || !strings.Contains(sh.Asked[0].Text, "新评分 1 件") || done() != 0 {
		t.Fatalf("%+v, %d done before the answer", sh.Asked, done())
	}
	if err := sh.Answer(t); err != nil || done() != 1 || len(p.collected) != len(files) {
		t.Fatalf("%v %d %+v", err, done(), p.collected)
	}
	note := sh.Told[len(sh.Told)-1]
	if note.Action != "撤回" {
		t.Fatalf("%+v", note)
	}
	note.Do()
	if done() != 0 || len(p.collected) != 0 || len(sh.Errors) > 0 {
		t.Fatalf("%d done after it was taken back, %v", done(), sh.Errors)
	}
	for _, x := range p.status.Judges {
		if strings.HasSuffix(files[0], "-"+x.Call+".xlsx") {
			enterFirst(t, o, x.Judge)
		}
	}
	p.Dropped(files[:1])
	q := sh.Asked[len(sh.Asked)-1]
	if !strings.Contains(q.Text, "要先决定的 1 件") || !kittest.Shows(q.Content, "要先决定") {
		t.Fatalf("%+v %q", q, kittest.Texts(q.Content))
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if all, err := o.Scoring().Clashes(t.Context()); err != nil || len(all) != 1 || all[0].Contest.Total != 50 {
		t.Fatalf("%+v %v", all, err)
	}
	p.onUndoLast()
	if q := sh.Asked[len(sh.Asked)-1]; !strings.Contains(q.Text, "1 个文件，动过 1 件评分") {
		t.Errorf("%q", q.Text)
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if all, err := o.Scoring().Clashes(t.Context()); err != nil || len(all) != 0 || len(sh.Errors) > 0 {
		t.Fatalf("%+v %v %v", all, err, sh.Errors)
	}
	p.onUndoLast()
	if note := sh.Told[len(sh.Told)-1]; note.Text != "没有可以撤回的收取。" {
		t.Errorf("%+v", note)
	}
}

// enterFirst gives the first work of a judge's list 50 points.
func enterFirst(t *testing.T, o *office.Office, judge judging.JudgeID) {
	t.Helper()
	d, err := o.Scoring().Desk(judge).Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b := judging.Ballot{Total: 50}
	if _, err := o.Scoring().EnterScore(t.Context(), judge, string(d.Works[0].Code), b, "", false); err != nil {
		t.Fatal(err)
	}
}

func TestAJudgeSitsDownAndFinishedListsAreHandedIn(t *testing.T) {
	o := pagetest.WithPlan(t, 6)
	sh, p, root := openProgress(t, o)
	p.onScore(p.status.Judges[0])
	if err := sh.Answer(t); err != nil || !slices.Equal(sh.Routes, []kit.Route{{Kind: page.HandOver, ID: "j001"}}) {
		t.Fatalf("%v %v", sh.Routes, err)
	}
	all, _ := o.Assignment().Assignments(t.Context())
	for _, d := range all {
		if _, err := o.Scoring().EnterScore(
			t.Context(), d.Judge, string(d.Work), judging.Ballot{Total: 80}, scoring.TakeNone, false,
		); err != nil {
			t.Fatal(err)
		}
	}
	p.Load()
	kittest.Tap(t, root, "全部提交")
	if q := sh.Asked[1]; q.Check == "" || !strings.Contains(q.Text, "4 位") {
		t.Fatalf("%+v", q)
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	p.Load()
	if s, _ := o.ShowContest(t.Context()); !s.Finished || !kittest.Shows(root, "已提交") {
		t.Fatalf("%+v", s)
	}
}

func TestScoringWaitsForThePlan(t *testing.T) {
	o := pagetest.WithJudges(t, 6)
	sh := kittest.New(t)
	root := sh.Open(newProgressPage(sh, page.PapersOf(o)))
	if !kittest.Shows(root, "还不能评分") || len(sh.Errors) > 0 {
		t.Fatalf("%v %q", sh.Errors, kittest.Texts(root))
	}
	kittest.Tap(t, root, "去分配")
	if sh.Routes[0].Kind != page.Assign {
		t.Fatal(sh.Routes)
	}
}

func TestStatusRowsKeepTheFilter(t *testing.T) {
	all := []scoring.JudgeStatus{
		{Judge: "j1", Name: "赵一", Call: "赵一", Total: 5}, {Judge: "j2", Name: "钱二", Call: "钱二", Total: 5, Done: 2},
		{Judge: "j3", Name: "孙三", Call: "孙三", Total: 5, Done: 5},
		{Judge: "j4", Name: "李四", Call: "李四", Total: 5, Done: 5, Submitted: true},
		{Judge: "j5", Name: "周五", Call: "周五"},
		{Judge: "j6", Name: "吴六", Call: "吴六", Total: 5, Skipped: 1},
	}
	for quick, want := range map[string]string{
		"": "j1 j2 j3 j4 j5 j6", "none": "j1", "begun": "j2 j6", "full": "j3", "submitted": "j4", "idle": "j5",
	} {
		var got []string
		for _, j := range statusRows(all, kit.Filter{Quick: quick}) {
			got = append(got, string(j.Judge))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v", quick, got)
		}
	}
	if word, tone := judgeState(pagetest.Chinese(t), all[5]); word != "跳过 1 件" || tone != look.Waiting {
		t.Errorf("%s", word)
	}
}
