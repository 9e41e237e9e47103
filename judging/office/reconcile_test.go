package office_test

import (
	"os"
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// mediaFolder writes small text files by name.
func mediaFolder(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("内容 "+name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var twoWorks = [][]any{header, {"宪法在心中", "书法", "小学组", "甲某", "示例一小", "", ""}, {"守法歌谣", "歌曲", "", "丙某", "示例二小", "", ""}}

func reconcile(t *testing.T, o *office.Office) intake.Reconciliation {
	t.Helper()
	r, err := o.Intake().Reconcile(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWhatIsDecidedOfAFileOutlivesUndoAndReimport(t *testing.T) {
	o := newOffice(t)
	req := intake.ImportRequest{
		Sources: []string{table(t, "甲.xlsx", twoWorks...)},
		Media:   []string{mediaFolder(t, "宪法在心中-甲某.txt", "IMG_0001.txt", "IMG_0002.txt")},
	}
	first := importAll(t, o, req)
	r := reconcile(t, o)
	if len(r.Matched) != 1 || len(r.Loose) != 2 || len(r.Missing) != 1 {
		t.Fatalf("%+v", r)
	}
	lost, spare := r.Loose[0], r.Loose[1]
	if err := o.Intake().AttachFile(t.Context(), lost.ID, r.Missing[0].Work, false); err != nil {
		t.Fatal(err)
	}
	if err := o.Intake().DismissFile(t.Context(), spare.ID, true); err != nil {
		t.Fatal(err)
	}
	if err := o.Intake().DetachFile(t.Context(), r.Matched[0].Work, 0); err != nil {
		t.Fatal(err)
	}
	check := func(when string) {
		t.Helper()
		r := reconcile(t, o)
		if len(r.Matched) != 1 || r.Matched[0].File.Sum != lost.File.Sum || !r.Matched[0].Person ||
			len(r.Dismissed) != 1 || len(r.Doubtful)+len(r.Loose) != 1 {
			t.Fatalf("%s: %+v", when, r)
		}
	}
	check("settled")
	if again := importAll(t, o, req); again.Intake != "" || again.Files.Attached != 0 {
		t.Fatalf("again: %+v", again)
	}
	check("imported again")
	if _, err := o.Intake().UndoImport(t.Context(), first.Intake); err != nil {
		t.Fatal(err)
	}
	if r := reconcile(t, o); len(r.Matched)+len(r.Loose)+len(r.Doubtful)+len(r.Dismissed) != 0 {
		t.Fatalf("undone: %+v", r)
	}
	importAll(t, o, req)
	check("undone and imported again")
}

func TestFilesThatCameBeforeTheirListAreAttachedWhenItComes(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Media: []string{mediaFolder(t, "守法歌谣-丙某.txt")}})
	if r := reconcile(t, o); len(r.Loose) != 1 {
		t.Fatalf("%+v", r)
	}
	r := importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", twoWorks...)}})
	if got := reconcile(t, o); len(got.Matched) != 1 || r.Files.Attached != 1 {
		t.Fatalf("%+v %+v", r.Files, got)
	}
}

func TestFilesArePutInOrderAndSetAside(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", twoWorks...)},
		Media: []string{mediaFolder(t, "宪法在心中-甲某10.txt", "宪法在心中-甲某2.txt", "宪法在心中-甲某-报名表.txt", "宪法在心中-甲某1.txt")}})
	names := func() (list []string) {
		w, err := o.Work(t.Context(), "w000001")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range w.Judged() {
			list = append(list, f.Name)
		}
		return list
	}
	if got := names(); len(got) != 3 || got[0] != "宪法在心中-甲某1.txt" || got[2] != "宪法在心中-甲某10.txt" {
		t.Fatalf("%q", got)
	}
	w, _ := o.Work(t.Context(), "w000001")
	if err := o.Intake().OrderFiles(t.Context(), w.ID, []int{3, 2, 1, 0}); err != nil {
		t.Fatal(err)
	}
	if got := names(); got[0] != "宪法在心中-甲某10.txt" {
		t.Fatalf("%q", got)
	}
	wantCode(t, o.Intake().OrderFiles(t.Context(), w.ID, []int{0, 0, 1, 2}), judging.Invalid, "reconcile.bad_order")
	if err := o.Intake().SetFileAside(t.Context(), w.ID, 1, true); err != nil {
		t.Fatal(err)
	}
	if got := names(); len(got) != 2 {
		t.Fatalf("%q", got)
	}
}

func TestFilesOfWorksWithJudgesStay(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{
		Sources: []string{worksFile(t, 9)},
		Media:   []string{mediaFolder(t, "法治之光1-甲某1.txt", "IMG_1.txt")},
	})
	loose := reconcile(t, o).Loose
	addJudges(t, o, 6)
	publish(t, o)
	wantCode(t, o.Intake().AttachFile(t.Context(), loose[0].ID, "w000002", false), judging.Closed, "reconcile.assigned")
	wantCode(t, o.Intake().DetachFile(t.Context(), "w000001", 0), judging.Closed, "reconcile.assigned")
	if err := o.Intake().DismissFile(t.Context(), loose[0].ID, true); err != nil {
		t.Fatal(err)
	}
}

func TestThePreviewOfWhatIsInPlaceSaysSo(t *testing.T) {
	o := newOffice(t)
	req := intake.ImportRequest{
		Sources: []string{table(t, "甲.xlsx", twoWorks...)},
		Media:   []string{mediaFolder(t, "宪法在心中.txt", "宪法在心中 背面.txt", "IMG_1.txt")},
	}
	importAll(t, o, req)
	for _, f := range reconcile(t, o).Doubtful {
		if err := o.Intake().AttachFile(t.Context(), f.ID, f.Offers[0].Work, false); err != nil {
			t.Fatal(err)
		}
	}
	req.DryRun = true
	if r := importAll(t, o, req); r.Files.Matched != 2 || r.Files.Doubtful != 0 || r.Files.Unmatched != 1 {
		t.Fatalf("%+v %+v", r.Files, r.Loose)
	}
}

// TestOneFileIsInOneListAndCountedOnce brings one picture by two paths, and asks preview, result and reconciliation.
func TestOneFileIsInOneListAndCountedOnce(t *testing.T) {
	dir := mediaFolder(t, "宪法在心中-甲某.txt", "甲/IMG_3812.txt", "甲/IMG_3813.txt")
	copied := func(from, to string) {
		data, err := os.ReadFile(filepath.Join(dir, from))
		must(t, err)
		must(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, to)), 0o755))
		must(t, os.WriteFile(filepath.Join(dir, to), data, 0o644))
	}
	copied("甲/IMG_3812.txt", "来稿/甲/IMG_3812.txt")
	copied("宪法在心中-甲某.txt", "来稿/甲/宪法在心中-甲某.txt")
	req := intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", twoWorks...)}, Media: []string{dir}}
	o := newOffice(t)
	dry := req
	dry.DryRun = true
	preview, result := importAll(t, o, dry), importAll(t, o, req)
	r := reconcile(t, o)
	summary, err := o.ShowContest(t.Context())
	must(t, err)
	if preview.Files.Matched != 1 || result.Files.Matched != 1 || len(r.Matched) != 1 ||
		preview.Files.Doubtful+preview.Files.Unmatched != 2 || result.Files.Doubtful+result.Files.Unmatched != 2 ||
		len(r.Doubtful)+len(r.Loose) != 2 || summary.Loose != 2 {
		t.Errorf("preview %+v, result %+v, page %d %d %d, summary %d", preview.Files, result.Files, len(r.Matched),
			len(r.Doubtful), len(r.Loose), summary.Loose)
	}
	// put away under one path, it is put away under all, and stays so when it comes by a third
	waiting := append(r.Doubtful, r.Loose...)
	must(t, o.Intake().DismissFile(t.Context(), waiting[0].ID, true))
	copied(waiting[0].Path, "又一次/"+filepath.Base(waiting[0].Path))
	dry = intake.ImportRequest{Sources: req.Sources, Media: req.Media, DryRun: true}
	preview, result = importAll(t, o, dry), importAll(t, o, req)
	r = reconcile(t, o)
	if len(r.Doubtful)+len(r.Loose) != 1 || len(r.Dismissed) != 1 ||
		preview.Files.Doubtful+preview.Files.Unmatched != 1 || result.Files.Doubtful+result.Files.Unmatched != 1 {
		t.Errorf("preview %+v, result %+v, page %+v %+v %+v", preview.Files, result.Files, r.Doubtful, r.Loose,
			r.Dismissed)
	}
	must(t, o.Intake().DismissFile(t.Context(), r.Dismissed[0].ID, false))
	if r = reconcile(t, o); len(r.Doubtful)+len(r.Loose) != 2 || len(r.Dismissed) != 0 {
		t.Errorf("taken back: %+v", r)
	}
}
