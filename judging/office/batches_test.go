package office_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/report"
	"fayi/judging/superior"
)

// keyWords answers every key with itself: for papers whose texts do not matter.
func keyWords(key string, args map[string]any) string { return key }

// rewarded is a contest with awards of n works, at most 15, each with a file or two.
func rewarded(t *testing.T, n int) *office.Office {
	t.Helper()
	dir := t.TempDir()
	verse := []rune("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔")
	rows := [][]any{header}
	for i := range n {
		title, author := string(verse[i*4:i*4+4]), "赵"+string(verse[len(verse)-i*2-2:len(verse)-i*2])
		rows = append(rows, []any{
			title, []string{"书法", "绘画", "征文"}[i%3], "小学组", author, fmt.Sprintf("示例第%d小学", i%5+1), "乙老师",
			fmt.Sprintf("1380000%04d", i),
		})
		for part := range i%2 + 1 {
			name := fmt.Sprintf("%s-%s-%d.txt", title, author, part+1)
			if err := os.WriteFile(
				filepath.Join(dir, name), fmt.Appendf(nil, "work %d part %d", i+1, part+1), 0o600,
			); err != nil {
				t.Fatal(err)
			}
		}
	}
	data, err := os.ReadFile(table(t, "作品.xlsx", rows...))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "作品.xlsx"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	o := newOffice(t)
	if r := importAll(t, o, intake.ImportRequest{Sources: []string{dir}}); r.Files.Matched < n {
		t.Fatalf("only %+v of the files are matched: %v", r.Files, r.Loose)
	}
	addJudges(t, o, 6)
	publish(t, o)
	scoreAll(t, o)
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	return o
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestABatchIsThereWholeOrNotAtAll(t *testing.T) {
	o := rewarded(t, 15)
	ctx := t.Context()
	plan, err := o.Report().PlanBatch(ctx, superior.City, nil)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(plan.Works, func(w report.BatchWork) bool { return w.Files > 0 })
	if i < 0 {
		t.Fatal("no winner has a file")
	}
	w, err := o.Work(ctx, string(plan.Works[i].Work))
	if err != nil {
		t.Fatal(err)
	}
	sum := w.Files[0].Sum
	gone := filepath.Join(o.Dir(), "media", sum[:2], sum)
	kept, err := os.ReadFile(gone)
	if err != nil {
		t.Fatal(err)
	}
	base := t.TempDir()
	try := func(name string, want judging.Code) {
		t.Helper()
		_, err := o.Report().PackBatch(office.Ticking(ctx, "notice_not_over", "no_files"), report.BatchRequest{
			To:  superior.City,
			Dir: filepath.Join(base, "out"),
		}, keyWords, nil)
		if judging.CodeOf(err) != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
		if left, err := os.ReadDir(base); err != nil || len(left) > 0 {
			t.Errorf("%s leaves %v", name, left)
		}
		if list, err := o.Report().Batches(ctx); err != nil || len(list) > 0 {
			t.Errorf("%s is recorded: %v", name, list)
		}
	}
	must(t, os.Chmod(gone, 0o600))
	must(t, os.WriteFile(gone, append(bytes.Clone(kept), 'x'), 0o600))
	try("a changed original", judging.Corrupt)
	must(t, os.Remove(gone))
	try("an original gone", judging.NotFound)
	must(t, os.WriteFile(gone, kept, 0o600))
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := o.Report().PackBatch(office.Ticking(cancelled, "notice_not_over", "no_files"), report.BatchRequest{
		To:  superior.City,
		Dir: filepath.Join(base, "out"),
	}, keyWords, nil); err == nil {
		t.Error("a cancelled batch is made")
	}
	file := filepath.Join(base, "file")
	must(t, os.WriteFile(file, nil, 0o600))
	if _, err := o.Report().PackBatch(office.Ticking(ctx, "notice_not_over", "no_files"), report.BatchRequest{
		To:  superior.City,
		Dir: filepath.Join(file, "out"),
	}, keyWords, nil); err == nil {
		t.Error("a batch is made below a file")
	}
	must(t, os.Remove(file))

	packed, err := o.Report().PackBatch(office.Ticking(ctx, "notice_not_over", "no_files"), report.BatchRequest{
		To:  superior.City,
		Dir: filepath.Join(base, "out"),
	}, keyWords, nil)
	if err != nil {
		t.Fatal(err)
	}
	faults, err := report.CheckBatch(ctx, packed.Zip)
	if err != nil || len(faults) > 0 || packed.Files == 0 {
		t.Errorf("%v %v", faults, err)
	}
	var copies int
	must(t, filepath.WalkDir(filepath.Join(packed.Dir, "作品"), func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			copies++
		}
		return err
	}))
	if copies != packed.Files {
		t.Errorf("%d copies, %d told", copies, packed.Files)
	}
	if _, err := o.Report().PackBatch(office.Ticking(ctx, "notice_not_over", "no_files"), report.BatchRequest{
		To:  superior.City,
		Dir: filepath.Join(base, "2"),
	}, keyWords, nil); judging.CodeOf(err) != judging.Closed {
		t.Errorf("a second batch of nothing: %v", err)
	}
}

func TestAWorkGoesUpOnceToEachLevel(t *testing.T) {
	o := rewarded(t, 15)
	ctx := t.Context()
	awards, err := o.Awards().ListAwards(ctx)
	if err != nil {
		t.Fatal(err)
	}
	one := []judging.WorkID{awards[0].Work}
	base := t.TempDir()
	pack := func(to superior.Level, name string, works []judging.WorkID) error {
		_, err := o.Report().PackBatch(office.Ticking(ctx, "notice_not_over", "no_files"), report.BatchRequest{
			To:    to,
			Works: works,
			Dir:   filepath.Join(base, name),
		}, keyWords, nil)
		return err
	}
	must(t, pack(superior.City, "a", one))
	if err := pack(superior.City, "b", one); judging.CodeOf(err) != judging.Clash {
		t.Errorf("the same work again: %v", err)
	}
	must(t, pack(superior.Province, "c", one))
	if err := pack(superior.City, "d", []judging.WorkID{"w999999"}); judging.CodeOf(err) != judging.NotFound {
		t.Errorf("a work without an award: %v", err)
	}
	if _, err := o.Report().SetSuperior(ctx, report.SuperiorRequest{
		Settings: superior.Settings{To: superior.City, Total: 1},
	}); err != nil {
		t.Fatal(err)
	}
	if err := pack(superior.City, "e", []judging.WorkID{awards[1].Work}); judging.CodeOf(err) != judging.Clash {
		t.Errorf("beyond the quota: %v", err)
	}
	if _, err := o.Report().SetSuperior(ctx, report.SuperiorRequest{
		Settings: superior.Settings{To: superior.City},
	}); err != nil {
		t.Fatal(err)
	}
	must(t, pack(superior.City, "f", nil))
	list, err := o.Report().Batches(ctx)
	if err != nil || len(list) != 3 || list[1].ID != "city-02" || len(list[1].Works) != len(awards)-1 ||
		slices.Contains(list[1].Works, one[0]) {
		t.Errorf("batches: %+v %v", list, err)
	}
}

func TestNamesOfABatchTellNothingOddToASystem(t *testing.T) {
	o := rewarded(t, 15)
	ctx := t.Context()
	if _, err := o.Report().SetSuperior(ctx, report.SuperiorRequest{
		Settings: superior.Settings{To: superior.City, Naming: "作品名称/作者:类别"},
	}); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "out")
	if _, err := o.Report().PackBatch(office.Ticking(ctx, "notice_not_over", "no_files"),
		report.BatchRequest{To: superior.City, Dir: dir}, keyWords, nil); err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadDir(filepath.Join(dir, "作品"))
	if err != nil || len(list) == 0 {
		t.Fatal(err)
	}
	for _, e := range list {
		if e.IsDir() || strings.ContainsAny(e.Name(), `<>:"/\|?*`) || !strings.Contains(e.Name(), "／") ||
			len(e.Name()) > 200 {
			t.Errorf("a file is called %q", e.Name())
		}
	}
}

func TestTheOfficeAboveTakesABatchInOneStep(t *testing.T) {
	county := rewarded(t, 15)
	dir := filepath.Join(t.TempDir(), "out")
	sent, err := county.Report().PackBatch(office.Ticking(t.Context(), "notice_not_over", "no_files"),
		report.BatchRequest{To: superior.City, Dir: dir}, words(t), nil)
	must(t, err)
	city := newOffice(t)
	r := importAll(t, city, intake.ImportRequest{Sources: []string{sent.Zip}})
	if r.Accepted != len(sent.Works) || r.Rejected != 0 || r.Files.Matched != sent.Files ||
		r.Files.Unmatched+r.Files.Doubtful != 0 || len(r.Problems) > 0 {
		t.Errorf(
			"sent %d works and %d files; came %+v, files %+v, loose %v, problems %v", len(sent.Works), sent.Files,
			r.RowTally, r.Files, r.Loose, r.Problems,
		)
	}
	var mine judging.Work
	for _, id := range sent.Works {
		if mine, err = county.Work(t.Context(), string(id)); err != nil || len(mine.Files) > 0 {
			break
		}
	}
	must(t, err)
	works, err := city.Works(t.Context(), office.WorkFilter{Text: mine.Title})
	must(t, err)
	i := slices.IndexFunc(works, func(w judging.Work) bool { return w.Title == mine.Title })
	if i < 0 || works[i].Unit != mine.Unit || works[i].Sender != "示例县司法局" || len(mine.Files) == 0 ||
		len(works[i].Files) != len(mine.Files) || works[i].Files[0].Sum != mine.Files[0].Sum {
		t.Errorf("sent %+v, came %+v", mine, works)
	}
}

func TestABatchThatCannotBeWrittenSaysSoAndReportsNothing(t *testing.T) {
	o := rewarded(t, 15)
	dir := t.TempDir()
	file := filepath.Join(dir, "档案")
	must(t, os.WriteFile(file, []byte("a file where a folder should be"), 0o600))
	must(t, os.Mkdir(filepath.Join(dir, "只读"), 0o500))
	places := map[string]string{"a file in the way": filepath.Join(file, "第一批")}
	if os.Getuid() != 0 { // root may write everywhere
		places["a folder that can't be written"] = filepath.Join(dir, "只读", "第一批")
	}
	for name, out := range places {
		_, err := o.Report().PackBatch(office.Ticking(t.Context(), "notice_not_over", "no_files"),
			report.BatchRequest{To: superior.City, Dir: out}, keyWords, nil)
		if judging.CodeOf(err) != judging.Unavailable {
			t.Errorf("%s: %v", name, err)
		}
	}
	if all, err := o.Report().Batches(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("%+v %v", all, err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 {
		t.Errorf("something is left behind: %v %v", left, err)
	}
}
